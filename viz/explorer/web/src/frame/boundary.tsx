/** Around each panel: reads the part of the data that it lacks, and says in words if it cannot be shown. */
import { Component, type ComponentChildren } from "preact";
import { type Model, NotRead } from "../model/index.ts";

interface Props {
  model: Model;
  /** What is inside: "The map". */
  what: string;
  children: ComponentChildren;
}
interface Now {
  reading: boolean;
  problem: string;
}

export class Boundary extends Component<Props, Now> {
  override state: Now = { reading: false, problem: "" };

  override componentDidCatch(error: unknown): void {
    if (error instanceof NotRead && !this.props.model.has(error.part)) {
      this.setState({ reading: true, problem: "" });
      this.props.model.need(error.part).then(
        () => this.setState({ reading: false }),
        (failed: unknown) => this.fail(failed),
      );
    } else this.fail(error);
  }

  private fail(error: unknown): void {
    console.error(error);
    this.setState({ reading: false, problem: error instanceof Error ? error.message : String(error) });
  }

  override render() {
    const { reading, problem } = this.state;
    const { what, children } = this.props;
    if (reading) {
      return (
        <p class="muted reading" role="status">
          Reading the data …
        </p>
      );
    }
    if (!problem) return children;
    return (
      <div class="notice" role="alert">
        {what} could not be shown: {problem}{" "}
        <button type="button" class="link" onClick={() => this.setState({ problem: "" })}>
          Try again
        </button>
      </div>
    );
  }
}
