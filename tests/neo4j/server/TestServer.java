import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import org.neo4j.configuration.GraphDatabaseSettings;
import org.neo4j.configuration.connectors.BoltConnector;
import org.neo4j.configuration.helpers.SocketAddress;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.dbms.api.DatabaseManagementServiceBuilder;

/**
 * A Neo4j for the tests, with users and passwords as a real one has, on this computer only.
 *
 * <p>Arguments: the folder to keep everything in, the port, the id of the process it serves, and "keep" if the
 * folder is to stay. It ends when that process does. The password of a first start comes from the environment.
 */
public final class TestServer {
    private TestServer() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        SocketAddress address = new SocketAddress("127.0.0.1", Integer.parseInt(arguments[1]));
        long served = Long.parseLong(arguments[2]);
        boolean keep = arguments.length > 3 && arguments[3].equals("keep");

        DatabaseManagementService server =
                new DatabaseManagementServiceBuilder(home)
                        .setConfig(BoltConnector.enabled, true)
                        .setConfig(BoltConnector.listen_address, address)
                        .setConfig(BoltConnector.advertised_address, address)
                        .setConfig(GraphDatabaseSettings.auth_enabled, true)
                        .setConfig(GraphDatabaseSettings.pagecache_memory, 128L << 20)
                        .setConfig(GraphDatabaseSettings.preallocate_logical_logs, false)
                        .build();
        String password = System.getenv("ORGMAP_TEST_PASSWORD");
        if (password != null) { // else it is there from an earlier start in the same folder
            var users = server.database("system");
            users.executeTransactionally(
                    "ALTER USER neo4j SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", password));
            // A second user, to be locked out by tests that get its password wrong.
            users.executeTransactionally(
                    "CREATE USER guest SET PLAINTEXT PASSWORD $password CHANGE NOT REQUIRED",
                    Map.of("password", password));
        }
        System.out.println("ready");

        while (ProcessHandle.of(served).map(ProcessHandle::isAlive).orElse(false)) {
            Thread.sleep(500);
        }
        try {
            if (keep) {
                server.shutdown();
            } else {
                remove(home); // nobody will look at it again
            }
        } finally { // the server writes while its files are removed: that must not keep it running
            Runtime.getRuntime().halt(0);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) paths.sorted(Comparator.reverseOrder())::iterator) {
                Files.deleteIfExists(path);
            }
        }
    }
}
