"""Graphs whose edges have a length or a cost."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.graphs import (
    GRAPH_NAMES,
    NODE_NAMES,
    node_pairs,
)
from hrm_exercises.family import Exercise, family


@family(task=("dijkstra", "one_target", "path_cost", "mst", "cheapest_neighbour", "total"))
def weighted_graphs(choose: Chooser, task: str) -> Exercise:
    """Handle graphs whose edges have a length or cost."""
    texts, names, solutions = {
        "dijkstra": (
            (
                "find the lengths of the shortest paths from a start node to all reachable nodes "
                "of a weighted directed graph {node: {neighbour: length}}, as a dictionary sorted "
                "by the node",
                "find the shortest distances from <start> in a dictionary of dictionaries of edge "
                "lengths, and return them as a dictionary with sorted keys",
                "Given a graph as {node: {neighbour: weight}} with positive weights and a start, "
                "return {node: shortest distance} for every node that can be reached.",
                "Shortest distances from one node of {node: {other: length}}. Leave out "
                "unreachable nodes and sort the result by node.",
            ),
            ("dijkstra", "shortest_distances", "all_distances"),
            (
                """
                import heapq


                def solve(graph, start):
                    distances = {}
                    heap = [(0, start)]
                    while heap:
                        distance, node = heapq.heappop(heap)
                        if node in distances:
                            continue
                        distances[node] = distance
                        for other, length in graph[node].items():
                            heapq.heappush(heap, (distance + length, other))
                    return dict(sorted(distances.items()))
                """,
                """
                def solve(graph, start):
                    distances = {start: 0}
                    for _ in graph:
                        for node in list(distances):
                            for other, length in graph[node].items():
                                distance = distances[node] + length
                                if distance < distances.get(other, float("inf")):
                                    distances[other] = distance
                    return dict(sorted(distances.items()))
                """,
            ),
        ),
        "one_target": (
            (
                "find the length of the shortest path between two nodes of a weighted directed "
                "graph {node: {neighbour: length}}, or -1 if there is none",
                "compute the cheapest cost from <start> to <target>, where a dictionary of "
                "dictionaries gives the cost of each direct connection; -1 if it is impossible",
                "Given flights as {city: {city: price}}, return the lowest total price of a "
                "journey between two cities, or -1.",
                "Shortest distance between two nodes of a weighted graph (-1 for no path).",
            ),
            ("shortest_distance", "cheapest_route", "min_cost"),
            (
                """
                import heapq


                def solve(graph, start, target):
                    heap = [(0, start)]
                    done = set()
                    while heap:
                        cost, node = heapq.heappop(heap)
                        if node == target:
                            return cost
                        if node not in done:
                            done.add(node)
                            for other, price in graph[node].items():
                                heapq.heappush(heap, (cost + price, other))
                    return -1
                """,
                """
                def solve(graph, start, target):
                    costs = {start: 0}
                    for _ in graph:
                        for node in graph:
                            if node in costs:
                                for other, price in graph[node].items():
                                    if other not in costs or costs[node] + price < costs[other]:
                                        costs[other] = costs[node] + price
                    return costs.get(target, -1)
                """,
            ),
        ),
        "path_cost": (
            (
                "find the total length of a path, given as a list of nodes, in a weighted graph "
                "{node: {neighbour: length}}, or -1 if an edge of it is missing",
                "add up the costs of the edges along a route; return -1 if two successive stops "
                "are not connected directly",
                "Given {node: {neighbour: weight}} and a list of nodes, return the sum of the "
                "weights on the way, and -1 if the way does not exist.",
                "How long is the route? Distances are given as {town: {town: km}}. Return -1 if a "
                "leg is not possible.",
            ),
            ("path_cost", "route_length", "path_length"),
            (
                """
                def solve(graph, path):
                    total = 0
                    for node, other in zip(path, path[1:]):
                        if other not in graph[node]:
                            return -1
                        total += graph[node][other]
                    return total
                """,
                """
                def solve(graph, path):
                    total = 0
                    for i in range(1, len(path)):
                        length = graph[path[i - 1]].get(path[i])
                        if length is None:
                            return -1
                        total += length
                    return total
                """,
            ),
        ),
        "mst": (
            (
                "find the total weight of a minimum spanning tree of a connected undirected "
                "graph, given as a list of (weight, a, b) tuples",
                "find the lowest cost to connect all towns, if the list holds the possible roads "
                "as (cost, town, town)",
                "Given edges (weight, node, node) of a connected graph, choose edges of the "
                "smallest total weight that connect all nodes, and return the total.",
                "Kruskal: weight of the minimum spanning tree for edges (w, u, v).",
            ),
            ("mst_weight", "minimum_spanning_tree", "kruskal", "connect_all"),
            (
                """
                def solve(edges):
                    parent = {}

                    def find(node):
                        while parent.get(node, node) != node:
                            node = parent[node]
                        return node

                    total = 0
                    for weight, a, b in sorted(edges):
                        one, two = find(a), find(b)
                        if one != two:
                            parent[one] = two
                            total += weight
                    return total
                """,
                """
                def solve(edges):
                    nodes = {node for _, a, b in edges for node in (a, b)}
                    reached = {edges[0][1]}
                    total = 0
                    while reached != nodes:
                        weight, a, b = min(
                            edge for edge in edges if (edge[1] in reached) != (edge[2] in reached)
                        )
                        reached |= {a, b}
                        total += weight
                    return total
                """,
            ),
        ),
        "cheapest_neighbour": (
            (
                "find the nearest neighbour of each node in a weighted graph {node: {neighbour: "
                "length}} (the first of several, None without neighbours), as a dictionary",
                "return a dictionary that maps every node to the neighbour with the shortest edge; "
                "nodes without neighbours get None, ties go to the one listed first",
                "Given {town: {town: distance}}, return for each town the closest of its "
                "neighbours (the first one if equal), or None if it has no neighbours.",
                "Nearest neighbour of every node of {node: {neighbour: length}}, None if it has "
                "no neighbour, the first on a tie.",
            ),
            ("nearest_neighbours", "closest", "cheapest_neighbour"),
            (
                """
                def solve(graph):
                    result = {}
                    for node, lengths in graph.items():
                        result[node] = min(lengths, key=lengths.get) if lengths else None
                    return result
                """,
                """
                def solve(graph):
                    result = {}
                    for node in graph:
                        nearest = None
                        for other, length in graph[node].items():
                            if nearest is None or length < graph[node][nearest]:
                                nearest = other
                        result[node] = nearest
                    return result
                """,
            ),
        ),
        "total": (
            (
                "find the total weight of all edges of a directed graph {node: {neighbour: "
                "weight}}",
                "add up all numbers in a dictionary of dictionaries of edge lengths",
                "Given {node: {neighbour: weight}}, return the sum of the weights of all edges.",
                "What is the total length of all one-way streets in {place: {place: length}}?",
            ),
            ("total_weight", "sum_of_weights", "total_length"),
            (
                """
                def solve(graph):
                    return sum(sum(lengths.values()) for lengths in graph.values())
                """,
                """
                def solve(graph):
                    total = 0
                    for lengths in graph.values():
                        for length in lengths.values():
                            total += length
                    return total
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        nodes = list(choose.one_of(NODE_NAMES)[: choose.integer(3, 5)])
        if task == "mst":
            edges = [
                (choose.integer(1, 20), a, nodes[choose.integer(0, i)])
                for i, a in enumerate(nodes[1:])
            ]
            extra = choose.sample(node_pairs(nodes), (0, 3))
            known = {frozenset(edge[1:]) for edge in edges}
            edges += [
                (choose.integer(1, 20), a, b) for a, b in extra if frozenset((a, b)) not in known
            ]
            arguments.append((choose.shuffled(edges),))
            continue
        graph: dict[str, dict[str, int]] = {
            a: {b: choose.integer(1, 15) for b in nodes if a != b and choose.chance(0.4)}
            for a in nodes
        }
        ends = choose.sample(nodes, 2)
        path = [nodes[0]]
        while len(path) < 4 and graph[path[-1]]:
            path.append(choose.one_of(list(graph[path[-1]])))
        if place == 0:
            path.append(choose.one_of(nodes))
        extras: dict[str, tuple[Any, ...]] = {
            "dijkstra": (ends[0],),
            "one_target": tuple(ends),
            "path_cost": (path,),
        }
        arguments.append((graph, *extras.get(task, ())))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            **GRAPH_NAMES,
            "start": ("source", "s", "begin"),
            "target": ("goal", "end", "t"),
            "path": ("route", "way", "stops"),
            "key": ("key",),
        },
    )
