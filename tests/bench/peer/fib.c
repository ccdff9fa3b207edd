/* Looks addresses up in DPDK's rte_fib (IPv4) or rte_fib6 (IPv6) with the routes of a file, and
 * prints a checksum of the next hops found: what our own tables must agree with.
 *
 * usage: fib EAL-OPTIONS -- 4|6 ROUTES ADDRESSES; lines "PREFIX/LENGTH NEXTHOP" and "ADDRESS". */
#include <arpa/inet.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <rte_eal.h>
#include <rte_fib.h>
#include <rte_fib6.h>
#include <rte_memory.h>

enum { ROUTES_4 = 1200000, ROUTES_6 = 250000, TBL8_4 = 1 << 13, TBL8_6 = 524287, BURST = 64, ADDRESS_BYTES = 16 };

static void die(const char *what) {
	perror(what);
	exit(1);
}

static FILE *opened(const char *path) {
	FILE *file = fopen(path, "r");
	if (file == NULL)
		die(path);
	return file;
}

int main(int argc, char **argv) {
	int used = rte_eal_init(argc, argv);
	if (used < 0 || argc - used != 4)
		die("usage: fib EAL-OPTIONS -- 4|6 ROUTES ADDRESSES");
	argv += used;
	int six = argv[1][0] == '6';
	struct rte_fib_conf conf4 = {.type = RTE_FIB_DIR24_8, .max_routes = ROUTES_4};
	conf4.dir24_8.nh_sz = RTE_FIB_DIR24_8_4B;
	conf4.dir24_8.num_tbl8 = TBL8_4;
	struct rte_fib6_conf conf6 = {.type = RTE_FIB6_TRIE, .max_routes = ROUTES_6};
	conf6.trie.nh_sz = RTE_FIB6_TRIE_4B;
	conf6.trie.num_tbl8 = TBL8_6;
	struct rte_fib *fib = six ? NULL : rte_fib_create("vireo", SOCKET_ID_ANY, &conf4);
	struct rte_fib6 *fib6 = six ? rte_fib6_create("vireo", SOCKET_ID_ANY, &conf6) : NULL;
	if (fib == NULL && fib6 == NULL)
		die("no table");

	char line[128];
	FILE *routes = opened(argv[2]);
	while (fgets(line, sizeof line, routes)) {
		char *slash = strchr(line, '/');
		if (slash == NULL)
			die("a route has no length");
		*slash = 0;
		char *end;
		int length = (int)strtol(slash + 1, &end, 10);
		uint64_t hop = strtoull(end, NULL, 10);
		uint8_t address[ADDRESS_BYTES];
		uint32_t ipv4;
		if (inet_pton(six ? AF_INET6 : AF_INET, line, address) != 1)
			die(line);
		memcpy(&ipv4, address, sizeof ipv4);
		int failed = six ? rte_fib6_add(fib6, address, (uint8_t)length, hop)
				 : rte_fib_add(fib, ntohl(ipv4), (uint8_t)length, hop);
		if (failed)
			die("a route was refused");
	}
	fclose(routes);

	FILE *addresses = opened(argv[3]);
	uint64_t checksum = 0;
	for (int count = BURST; count == BURST;) {
		uint32_t burst4[BURST];
		uint8_t burst6[BURST][ADDRESS_BYTES];
		uint64_t hops[BURST] = {0};
		for (count = 0; count < BURST && fgets(line, sizeof line, addresses); count++) {
			line[strcspn(line, "\n")] = 0;
			if (inet_pton(six ? AF_INET6 : AF_INET, line, burst6[count]) != 1)
				die(line);
			memcpy(&burst4[count], burst6[count], sizeof burst4[count]);
			burst4[count] = ntohl(burst4[count]);
		}
		if (six)
			rte_fib6_lookup_bulk(fib6, burst6, hops, count);
		else
			rte_fib_lookup_bulk(fib, burst4, hops, count);
		for (int i = 0; i < count; i++)
			checksum = checksum * 31 + hops[i];
	}
	printf("checksum %016" PRIx64 "\n", checksum);
	return 0;
}
