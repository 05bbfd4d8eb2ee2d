/* The limit: loops over arrays that lie in memory, nodes by number, no texts. Built by in_c.py. */
#include <stdint.h>
#include <string.h>

typedef int32_t i32;
typedef int64_t i64;

/* Relations in order of (node, verb): those of a node and verb stand from start[node * verbs + verb] on. */
typedef struct { const i32 *start, *end, *begins, *ends; i32 verbs; } Edges;

static i64 ends_on(const Edges *edges, i32 node, i32 verb, i32 day, i32 *out) {
    i64 key = (i64)node * edges->verbs + verb, found = 0;
    for (i32 row = edges->start[key]; row < edges->start[key + 1]; row++)
        if (edges->begins[row] <= day && day < edges->ends[row]) out[found++] = edges->end[row];
    return found;
}

/* For each case (node, verb, day) the other ends; counts says how many each has. */
void neighbours(const Edges *edges, i64 cases, const i32 *node, const i32 *verb, const i32 *day, i32 *out, i32 *counts) {
    for (i64 one = 0; one < cases; one++) { counts[one] = ends_on(edges, node[one], verb[one], day[one], out); out += counts[one]; }
}

void chains(const Edges *edges, i64 cases, const i32 *node, const i32 *day, const i32 *upward, i64 kinds, i64 steps, i32 *scratch, i32 *out, i32 *counts) {
    for (i64 one = 0; one < cases; one++) {
        i32 length = 1;
        out[0] = node[one];
        while (length < steps) {
            i64 found = 0;
            for (i32 kind = 0; kind < kinds && !found; kind++) found = ends_on(edges, out[length - 1], upward[kind], day[one], scratch);
            if (!found) break;
            i32 first = scratch[0], seen = 0;
            for (i64 n = 1; n < found; n++) if (scratch[n] < first) first = scratch[n];
            for (i32 n = 0; n < length; n++) seen |= out[n] == first;
            if (seen) break;
            out[length++] = first;
        }
        counts[one] = length;
        out += length;
    }
}

/* Who covers an area and commissions: `may` says which nodes do. */
void covering(const Edges *edges, i64 cases, const i32 *area, i64 verb, const i32 *day, const uint8_t *may, i32 *scratch, i32 *out, i32 *counts) {
    for (i64 one = 0; one < cases; one++) {
        i64 found = ends_on(edges, area[one], (i32)verb, day[one], scratch);
        i32 kept = 0;
        for (i64 n = 0; n < found; n++) if (may[scratch[n]]) out[kept++] = scratch[n];
        counts[one] = kept;
        out += kept;
    }
}

/* Postcodes as eight bytes each, in order: the place of each that is asked. */
void places(const uint64_t *postcodes, i64 many, i64 cases, const uint64_t *asked, const i32 *area, i32 *out) {
    for (i64 one = 0; one < cases; one++) {
        i64 low = 0, high = many;
        while (low < high) { i64 middle = (low + high) / 2; if (postcodes[middle] < asked[one]) low = middle + 1; else high = middle; }
        out[one] = area[low];
    }
}

/* All heirs by steps none of which is earlier than the one before; `since` is 0 for all nodes, and is left so.
   A node that is reached again on an earlier day waits again, so it may stand in `out` more than once. */
void lineages(const i32 *start, const i32 *heir, const i32 *when, i64 cases, const i32 *node, i32 *since, i32 *out, i32 *counts) {
    for (i64 one = 0; one < cases; one++) {
        i32 length = 1;
        out[0] = node[one];
        since[node[one]] = 1;
        for (i32 next = 0; next < length; next++)
            for (i32 row = start[out[next]]; row < start[out[next] + 1]; row++)
                if (when[row] >= since[out[next]] && (!since[heir[row]] || when[row] < since[heir[row]]))
                    { since[heir[row]] = when[row]; out[length++] = heir[row]; }
        for (i32 n = 0; n < length; n++) since[out[n]] = 0;
        memmove(out, out + 1, (length - 1) * sizeof *out);
        counts[one] = length - 1;
        out += length - 1;
    }
}

/* The rows that hold on one of two days alone, by number: those of the second day, and those of the first. */
void changed(i64 rows, const i32 *begins, const i32 *ends, i64 before, i64 after, i32 *began, i32 *gone, i64 *found) {
    i64 new = 0, old = 0;
    i32 first = (i32)before, second = (i32)after;
    for (i64 row = 0; row < rows; row++) {
        i32 then = (begins[row] <= first) & (first < ends[row]), now = (begins[row] <= second) & (second < ends[row]);
        if (then != now) { began[new] = gone[old] = (i32)row; new += now; old += then; }
    }
    found[0] = new;
    found[1] = old;
}

/* On a day: the nodes that are there, and the rows that hold between such, by number. */
void graph(i64 rows, const i32 *subject, const i32 *object, const i32 *begins, const i32 *ends, i64 nodes, const i32 *born, const i32 *died, i64 on, i32 *there, i32 *held, i64 *found) {
    i64 many = 0, more = 0;
    i32 day = (i32)on;
    for (i64 node = 0; node < nodes; node++)
        if (born[node] <= day && day < died[node]) there[many++] = (i32)node;
    for (i64 row = 0; row < rows; row++)
        if (begins[row] <= day && day < ends[row]) {
            i32 from = subject[row], to = object[row];
            if (born[from] <= day && day < died[from] && born[to] <= day && day < died[to]) held[more++] = (i32)row;
        }
    found[0] = many;
    found[1] = more;
}
