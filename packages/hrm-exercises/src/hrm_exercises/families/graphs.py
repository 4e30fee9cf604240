"""Small graphs, as dictionaries of neighbours or lists of edges."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

NODE_NAMES = ("ABCDEFGH", "abcdefgh", "PQRSTUVW")


def _nodes(choose: Chooser, num: tuple[int, int] = (3, 6)) -> list[Any]:
    """Return names of nodes: letters or numbers."""
    count = choose.integer(*num)
    if choose.chance(0.4):
        return list(range(1, count + 1))
    return list(choose.one_of(NODE_NAMES)[:count])


def node_pairs(nodes: list[Any]) -> list[tuple[Any, Any]]:
    """Return all pairs of different nodes in order."""
    return [(a, b) for i, a in enumerate(nodes) for b in nodes[i + 1 :]]


def undirected_graph(choose: Chooser, share: float = 0.4) -> dict[Any, list[Any]]:
    """Return a graph without directions, as a dictionary of neighbours."""
    nodes = _nodes(choose)
    graph: dict[Any, list[Any]] = {node: [] for node in nodes}
    for a, b in node_pairs(nodes):
        if choose.chance(share):
            graph[a].append(b)
            graph[b].append(a)
    return graph


def directed_graph(choose: Chooser, share: float = 0.3) -> dict[Any, list[Any]]:
    """Return a graph with directions, as a dictionary of followers."""
    nodes = _nodes(choose)
    return {
        a: [b for b in choose.shuffled(nodes) if a != b and choose.chance(share)] for a in nodes
    }


def acyclic_graph(choose: Chooser, share: float = 0.45) -> dict[Any, list[Any]]:
    """Return a graph with directions and without cycles."""
    nodes = _nodes(choose)
    order = choose.shuffled(nodes)
    graph: dict[Any, list[Any]] = {node: [] for node in nodes}
    for a, b in node_pairs(order):
        if choose.chance(share):
            graph[a].append(b)
    return graph


def random_edges(choose: Chooser, num: tuple[int, int] = (3, 7)) -> list[tuple[Any, Any]]:
    """Return different edges between different nodes, in random order and direction."""
    pairs = choose.sample(node_pairs(_nodes(choose, (4, 6))), choose.integer(*num))
    return [pair if choose.chance(0.5) else pair[::-1] for pair in pairs]


GRAPH_NAMES = {
    "graph": ("g", "adj", "neighbours", "network"),
    "edges": ("edge_list", "links", "pairs"),
}


@family(task=("degrees", "max_degree", "isolated", "edges", "edge_list", "regular", "symmetric"))
def properties_of_a_graph(choose: Chooser, task: str) -> Exercise:
    """Read simple facts from a dictionary of neighbours."""
    texts, names, solutions = {
        "degrees": (
            (
                "find the degree of each node of an undirected graph that is given as a "
                "dictionary of lists of neighbours",
                "count the neighbours of every node in an adjacency dictionary, and return a "
                "dictionary of these counts",
                "Given a graph as {node: [neighbours]}, return a dictionary with the number of "
                "neighbours of each node.",
                "How many friends has each person? The dictionary maps a person to a list of "
                "friends. Return a dictionary of numbers.",
            ),
            ("degrees", "node_degrees", "count_neighbours", "friend_counts"),
            (
                """
                def solve(graph):
                    return {node: len(neighbours) for node, neighbours in graph.items()}
                """,
                """
                def solve(graph):
                    result = {}
                    for node in graph:
                        result[node] = len(graph[node])
                    return result
                """,
            ),
        ),
        "max_degree": (
            (
                "find the node with the most neighbours in a graph given as a dictionary of "
                "lists (the first one in the dictionary, if there are several)",
                "return the node of an adjacency dictionary that has the highest degree; on a tie "
                "the one that comes first",
                "Given a graph as {node: [neighbours]}, return the best connected node. Of "
                "several take the first.",
                "Who has the most friends? Keys are people and values are lists of their friends. "
                "If some have equally many, return the one who is listed first.",
            ),
            ("best_connected", "max_degree_node", "most_friends", "hub"),
            (
                """
                def solve(graph):
                    return max(graph, key=lambda node: len(graph[node]))
                """,
                """
                def solve(graph):
                    best = None
                    for node in graph:
                        if best is None or len(graph[node]) > len(graph[best]):
                            best = node
                    return best
                """,
            ),
        ),
        "isolated": (
            (
                "list the nodes without neighbours of an undirected graph, which is given as a "
                "dictionary of lists, in the order of the dictionary",
                "find all isolated nodes in an adjacency dictionary",
                "Given a graph as {node: [neighbours]}, return the list of the nodes that have no "
                "neighbours.",
                "The dictionary says who is friends with whom. Return a list of those who have no "
                "friends, in the order of the keys.",
            ),
            ("isolated_nodes", "without_neighbours", "lonely", "find_isolated"),
            (
                """
                def solve(graph):
                    return [node for node, neighbours in graph.items() if not neighbours]
                """,
                """
                def solve(graph):
                    result = []
                    for node in graph:
                        if len(graph[node]) == 0:
                            result.append(node)
                    return result
                """,
            ),
        ),
        "edges": (
            (
                "count the edges of an undirected graph that is given as a dictionary of lists of "
                "neighbours, where each edge appears at both of its ends",
                "find the number of edges in an undirected adjacency dictionary",
                "Given an undirected graph as {node: [neighbours]}, return how many connections "
                "it has. Each one is stored at both nodes.",
                "How many friendships are there? The dictionary lists the friends of every "
                "person, and each friendship is listed for both.",
            ),
            ("count_edges", "num_edges", "number_of_edges", "friendships"),
            (
                """
                def solve(graph):
                    return sum(len(neighbours) for neighbours in graph.values()) // 2
                """,
                """
                def solve(graph):
                    total = 0
                    for node in graph:
                        total += len(graph[node])
                    return total // 2
                """,
            ),
        ),
        "edge_list": (
            (
                "convert a directed graph from a dictionary of lists into a list of (from, to) "
                "tuples, in the order of the dictionary",
                "list all edges of an adjacency dictionary as tuples of two nodes",
                "Given a directed graph as {node: [targets]}, return the list of its edges "
                "(node, target) in the given order.",
                "Turn {'a': ['b', 'c'], 'b': []} into [('a', 'b'), ('a', 'c')]: make an edge list "
                "of an adjacency dictionary.",
            ),
            ("make_edge_list", "to_edges", "list_edges", "graph_edges"),
            (
                """
                def solve(graph):
                    return [(node, other) for node in graph for other in graph[node]]
                """,
                """
                def solve(graph):
                    edges = []
                    for node, others in graph.items():
                        for other in others:
                            edges.append((node, other))
                    return edges
                """,
            ),
        ),
        "regular": (
            (
                "check whether all nodes of a graph, given as a dictionary of lists, have the "
                "same number of neighbours",
                "test if an adjacency dictionary describes a regular graph, in which every node "
                "has the same degree",
                "Given a graph as {node: [neighbours]}, return True if it is regular (all degrees "
                "are equal), else False.",
                "Has everybody equally many friends? The dictionary maps people to lists of "
                "friends.",
            ),
            ("is_regular", "same_degree", "all_equal_degrees"),
            (
                """
                def solve(graph):
                    return len({len(neighbours) for neighbours in graph.values()}) <= 1
                """,
                """
                def solve(graph):
                    degrees = [len(graph[node]) for node in graph]
                    return all(degree == degrees[0] for degree in degrees)
                """,
            ),
        ),
        "symmetric": (
            (
                "check whether every edge of a graph, given as a dictionary of lists, also exists "
                "in the other direction",
                "test if an adjacency dictionary describes an undirected graph: if b is in the "
                "list of a, then a is in the list of b",
                "Given {node: [neighbours]}, return True if all connections go both ways, "
                "otherwise False.",
                "The dictionary says who follows whom. Return whether everybody is followed back "
                "by all whom they follow.",
            ),
            ("is_symmetric", "is_undirected", "all_mutual"),
            (
                """
                def solve(graph):
                    return all(node in graph[other] for node in graph for other in graph[node])
                """,
                """
                def solve(graph):
                    for node in graph:
                        for other in graph[node]:
                            if node not in graph[other]:
                                return False
                    return True
                """,
            ),
        ),
    }[task]  # fmt: skip
    graphs = [undirected_graph(choose, choose.one_of((0.2, 0.35, 0.5, 0.7))) for _ in range(6)]
    if task == "edge_list":
        graphs = [directed_graph(choose) for _ in range(6)]
    elif task == "symmetric":
        graphs[::2] = [directed_graph(choose, 0.5) for _ in range(3)]
    elif task == "regular":
        for place in (0, 2, 4):
            nodes = _nodes(choose)
            shift = choose.integer(1, 2) % len(nodes)
            graphs[place] = {
                node: [nodes[(i + shift) % len(nodes)]] for i, node in enumerate(nodes)
            }
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=[(graph,) for graph in graphs],
        synonyms={**GRAPH_NAMES, "key": ("key",)},
    )


@family(task=("adjacency", "directed", "degrees", "nodes", "matrix", "center", "sources", "common"))
def lists_of_edges(choose: Chooser, task: str) -> Exercise:
    """Read facts from a list of edges."""
    texts, names, solutions = {
        "adjacency": (
            (
                "build a dictionary of sorted lists of neighbours from a list of undirected edges",
                "convert a list of (a, b) tuples of an undirected graph into an adjacency "
                "dictionary, with keys in ascending order and sorted lists",
                "Given undirected edges as pairs of nodes, return {node: sorted list of its "
                "neighbours}.",
                "Friendships are given as pairs. Return a dictionary that maps each person to "
                "the sorted list of friends.",
            ),
            ("build_graph", "to_adjacency", "make_graph", "adjacency_list"),
            (
                """
                def solve(edges):
                    graph = {}
                    for a, b in edges:
                        graph.setdefault(a, []).append(b)
                        graph.setdefault(b, []).append(a)
                    return {node: sorted(graph[node]) for node in sorted(graph)}
                """,
                """
                from collections import defaultdict


                def solve(edges):
                    graph = defaultdict(list)
                    for a, b in edges:
                        graph[a].append(b)
                        graph[b].append(a)
                    return {node: sorted(others) for node, others in sorted(graph.items())}
                """,
            ),
        ),
        "directed": (
            (
                "build a dictionary from a list of directed edges (from, to), which maps each "
                "start to the list of its targets in the given order",
                "group the edges of a directed graph by their first node: return a dictionary of "
                "lists of second nodes",
                "Given (source, target) tuples, return {source: [targets]}; nodes without "
                "outgoing edges are left out.",
                "Links are given as (from page, to page). Return a dictionary with the list of "
                "pages each page links to.",
            ),
            ("outgoing", "group_edges", "link_table", "build_digraph"),
            (
                """
                def solve(edges):
                    graph = {}
                    for a, b in edges:
                        if a not in graph:
                            graph[a] = []
                        graph[a].append(b)
                    return graph
                """,
                """
                def solve(edges):
                    graph = {}
                    for a, b in edges:
                        graph.setdefault(a, []).append(b)
                    return graph
                """,
            ),
        ),
        "degrees": (
            (
                "count for each node of a list of undirected edges how many edges it has, and "
                "return a dictionary in the order of first appearance",
                "find the degrees of all nodes from a list of (a, b) pairs",
                "Given the edges of an undirected graph as tuples, return a dictionary of the "
                "degree of each node that occurs.",
                "Matches are given as pairs of teams. Return a dictionary that says how many "
                "matches each team plays.",
            ),
            ("degrees", "count_edges_per_node", "match_counts"),
            (
                """
                def solve(edges):
                    counts = {}
                    for edge in edges:
                        for node in edge:
                            counts[node] = counts.get(node, 0) + 1
                    return counts
                """,
                """
                from collections import Counter


                def solve(edges):
                    return dict(Counter(node for edge in edges for node in edge))
                """,
            ),
        ),
        "nodes": (
            (
                "list all different nodes of a list of edges in ascending order",
                "collect the nodes that occur in a list of (a, b) tuples, sorted and without "
                "repetitions",
                "Given the edges of a graph as pairs, return the sorted list of its nodes.",
                "Roads connect pairs of towns. Return all towns in sorted order, each once.",
            ),
            ("graph_nodes", "all_nodes", "list_nodes", "unique_nodes"),
            (
                """
                def solve(edges):
                    return sorted({node for edge in edges for node in edge})
                """,
                """
                def solve(edges):
                    nodes = set()
                    for a, b in edges:
                        nodes.add(a)
                        nodes.add(b)
                    return sorted(nodes)
                """,
            ),
        ),
        "matrix": (
            (
                "make the adjacency matrix of an undirected graph with the nodes 0 to n - 1 from "
                "its number of nodes and a list of edges",
                "convert undirected edges between nodes numbered from 0 into a matrix of zeros "
                "and ones",
                "Given n and a list of edges (a, b) with 0 <= a, b < n, return the n by n matrix "
                "with 1 where two nodes are connected and 0 elsewhere.",
                "Return the adjacency matrix (list of lists) for n nodes and a list of undirected "
                "edges.",
            ),
            ("adjacency_matrix", "to_matrix", "edges_to_matrix"),
            (
                """
                def solve(n, edges):
                    matrix = [[0] * n for _ in range(n)]
                    for a, b in edges:
                        matrix[a][b] = 1
                        matrix[b][a] = 1
                    return matrix
                """,
                """
                def solve(n, edges):
                    return [
                        [int((i, j) in edges or (j, i) in edges) for j in range(n)]
                        for i in range(n)
                    ]
                """,
            ),
        ),
        "center": (
            (
                "find the node that is connected with all other nodes in a list of undirected "
                "edges, or None if there is none (the smallest, if there are several)",
                "return the smallest node that has an edge to every other node, None if no node "
                "has",
                "Given different undirected edges as tuples, return a node that is adjacent to "
                "all others (the first in sorted order), or None.",
                "Pairs of people know each other. Return the alphabetically or numerically first "
                "person who knows everybody else, None if there is no such person.",
            ),
            ("find_center", "connected_to_all", "knows_everybody"),
            (
                """
                def solve(edges):
                    nodes = sorted({node for edge in edges for node in edge})
                    for node in nodes:
                        if sum(1 for edge in edges if node in edge) == len(nodes) - 1:
                            return node
                    return None
                """,
                """
                def solve(edges):
                    graph = {}
                    for a, b in edges:
                        graph.setdefault(a, set()).add(b)
                        graph.setdefault(b, set()).add(a)
                    for node in sorted(graph):
                        if len(graph[node]) == len(graph) - 1:
                            return node
                    return None
                """,
            ),
        ),
        "sources": (
            (
                "find the nodes of a list of directed edges (from, to) that have no incoming "
                "edge, in ascending order",
                "list all sources of a directed graph: nodes that occur as a start but never as a "
                "target, sorted",
                "Given (from, to) tuples, return the sorted list of the nodes to which no edge "
                "leads.",
                "Each pair (a, b) says that a must be done before b. Return the sorted list of "
                "what can be done first.",
            ),
            ("sources", "no_incoming", "start_nodes", "find_roots"),
            (
                """
                def solve(edges):
                    starts = {a for a, _ in edges}
                    ends = {b for _, b in edges}
                    return sorted(starts - ends)
                """,
                """
                def solve(edges):
                    targets = [b for _, b in edges]
                    result = []
                    for a, _ in edges:
                        if a not in targets and a not in result:
                            result.append(a)
                    return sorted(result)
                """,
            ),
        ),
        "common": (
            (
                "list the common neighbours of two nodes in a graph of undirected edges, sorted",
                "find all nodes that are connected with both given nodes, from a list of (a, b) "
                "edges",
                "Given friendships as pairs and two people, return the sorted list of their "
                "common friends.",
                "Which nodes are adjacent to both <x> and <y>? Return them in sorted order.",
            ),
            ("common_neighbours", "common_friends", "shared_neighbours"),
            (
                """
                def solve(edges, x, y):
                    def neighbours(node):
                        return {b for a, b in edges if a == node} | {
                            a for a, b in edges if b == node
                        }

                    return sorted(neighbours(x) & neighbours(y))
                """,
                """
                def solve(edges, x, y):
                    graph = {}
                    for a, b in edges:
                        graph.setdefault(a, set()).add(b)
                        graph.setdefault(b, set()).add(a)
                    return sorted(graph.get(x, set()) & graph.get(y, set()))
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        edges = random_edges(choose)
        if task == "matrix":
            n = 2 + place % 4
            pairs = choose.sample(node_pairs(list(range(n))), (1, n))
            arguments.append((n, pairs))
        elif task == "common":
            nodes = sorted({node for edge in edges for node in edge})
            arguments.append((edges, *choose.sample(nodes, 2)))
        elif task == "center" and place % 2:
            nodes = _nodes(choose)
            middle = choose.one_of(nodes)
            spokes = [(middle, node) for node in nodes if node != middle]
            arguments.append((choose.shuffled(spokes),))
        else:
            arguments.append((edges,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**GRAPH_NAMES, "x": ("p", "u", "one"), "y": ("q", "v", "two")},
    )
