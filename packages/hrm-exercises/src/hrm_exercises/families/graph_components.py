"""Connected parts of undirected graphs."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.graphs import (
    GRAPH_NAMES,
    node_pairs,
    undirected_graph,
)
from hrm_exercises.family import Exercise, family


@family(task=("count", "list", "connected", "largest", "union_find", "provinces"))
def connected_components(choose: Chooser, task: str) -> Exercise:
    """Find the connected parts of an undirected graph."""
    parts = """
                def solve(graph):
                    seen = set()
                    {first}
                    for start in graph:
                        if start in seen:
                            continue
                        {begin}
                        stack = [start]
                        seen.add(start)
                        while stack:
                            node = stack.pop()
                            {visit}
                            for other in graph[node]:
                                if other not in seen:
                                    seen.add(other)
                                    stack.append(other)
                        {finish}
                    return {end}
    """

    def _parts(first: str, begin: str, visit: str, finish: str, end: str) -> str:
        code = parts.format(first=first, begin=begin, visit=visit, finish=finish, end=end)
        return "\n".join(filter(str.strip, code.splitlines()))

    texts, names, solutions = {
        "count": (
            (
                "count the connected components of an undirected graph that is given as a "
                "dictionary of lists of neighbours",
                "find into how many separate parts a graph falls; it is given as {node: "
                "[neighbours]}",
                "Given an undirected graph as an adjacency dictionary, return the number of its "
                "connected components.",
                "The dictionary maps people to their friends. Return the number of circles of "
                "friends, where friends of friends belong to the same circle.",
            ),
            ("count_components", "num_components", "friend_circles"),
            (
                _parts("count = 0", "", "", "count += 1", "count"),
                """
                def solve(graph):
                    seen = set()

                    def visit(node):
                        seen.add(node)
                        for other in graph[node]:
                            if other not in seen:
                                visit(other)

                    count = 0
                    for node in graph:
                        if node not in seen:
                            count += 1
                            visit(node)
                    return count
                """,
            ),
        ),
        "list": (
            (
                "list the connected components of an undirected graph, given as a dictionary of "
                "lists, as sorted lists in the order of their smallest nodes",
                "split an undirected graph into its connected parts; return a sorted list of "
                "sorted lists of nodes",
                "Given an adjacency dictionary, return a list of the connected components. Every "
                "component is a sorted list, and the components are sorted too.",
                "Group people who are connected by friendships: return a sorted list of sorted "
                "groups for {person: [friends]}.",
            ),
            ("components", "connected_components", "find_groups"),
            (
                _parts(
                    "result = []",
                    "part = []",
                    "part.append(node)",
                    "result.append(sorted(part))",
                    "sorted(result)",
                ),
                """
                def solve(graph):
                    groups = []
                    for node in sorted(graph):
                        if any(node in group for group in groups):
                            continue
                        group = [node]
                        for member in group:
                            group += [other for other in graph[member] if other not in group]
                        groups.append(sorted(group))
                    return groups
                """,
            ),
        ),
        "connected": (
            (
                "check whether an undirected graph, given as a dictionary of lists, is connected",
                "test if every node of an undirected graph {node: [neighbours]} can be reached "
                "from every other node",
                "Given a non-empty undirected graph as an adjacency dictionary, return True if it "
                "is in one piece and False otherwise.",
                "Can everybody be reached through friends of friends? The dictionary maps each "
                "person to a list of friends.",
            ),
            ("is_connected", "in_one_piece", "check_connected"),
            (
                """
                def solve(graph):
                    start = next(iter(graph))
                    seen = {start}
                    stack = [start]
                    while stack:
                        for other in graph[stack.pop()]:
                            if other not in seen:
                                seen.add(other)
                                stack.append(other)
                    return len(seen) == len(graph)
                """,
                """
                def solve(graph):
                    reached = list(graph)[:1]
                    for node in reached:
                        reached += [other for other in graph[node] if other not in reached]
                    return len(reached) == len(graph)
                """,
            ),
        ),
        "largest": (
            (
                "find the size of the largest connected component of an undirected graph that is "
                "given as a dictionary of lists",
                "find how many nodes the biggest connected part of a graph {node: [neighbours]} "
                "has",
                "Given an undirected graph as an adjacency dictionary, return the number of nodes "
                "in its largest component.",
                "How large is the largest group of people who are connected by friendships? "
                "Friends are given as {person: [friends]}.",
            ),
            ("largest_component", "biggest_group", "max_component_size"),
            (
                _parts("best = 0", "size = 0", "size += 1", "best = max(best, size)", "best"),
                """
                def solve(graph):
                    sizes = []
                    seen = set()
                    for start in graph:
                        if start not in seen:
                            group = [start]
                            for node in group:
                                group += [other for other in graph[node] if other not in group]
                            seen.update(group)
                            sizes.append(len(group))
                    return max(sizes)
                """,
            ),
        ),
        "union_find": (
            (
                "count the groups that n people, numbered from 0 to n - 1, form if each pair in a "
                "list puts two people into the same group",
                "count the components of a graph with the nodes 0 to <n> - 1 "
                "and a list of undirected edges",
                "Given n and a list of pairs (a, b) of connected nodes below n, return the number "
                "of connected components.",
                "There are n computers, and the pairs are cables between them. Return the number "
                "of separate networks.",
            ),
            ("count_groups", "num_networks", "count_sets", "union_find_count"),
            (
                """
                def solve(n, edges):
                    parent = list(range(n))

                    def find(node):
                        while parent[node] != node:
                            node = parent[node]
                        return node

                    for a, b in edges:
                        parent[find(a)] = find(b)
                    return sum(1 for node in range(n) if parent[node] == node)
                """,
                """
                def solve(n, edges):
                    groups = [{node} for node in range(n)]
                    for a, b in edges:
                        one = next(group for group in groups if a in group)
                        two = next(group for group in groups if b in group)
                        if one is not two:
                            one |= two
                            groups = [group for group in groups if group is not two]
                    return len(groups)
                """,
            ),
        ),
        "provinces": (
            (
                "count the groups of connected cities from a matrix in which matrix[i][j] is 1 if "
                "the cities i and j are connected directly",
                "find the number of connected components of a graph given by its adjacency matrix "
                "of zeros and ones",
                "Given a symmetric matrix of 0 and 1 with ones for direct connections, return the "
                "number of provinces, that is groups of directly or indirectly connected cities.",
                "Number of connected components in an undirected graph (adjacency matrix).",
            ),
            ("count_provinces", "num_provinces", "components_of_matrix"),
            (
                """
                def solve(links):
                    seen = set()

                    def visit(i):
                        seen.add(i)
                        for j, linked in enumerate(links[i]):
                            if linked and j not in seen:
                                visit(j)

                    count = 0
                    for i in range(len(links)):
                        if i not in seen:
                            visit(i)
                            count += 1
                    return count
                """,
                """
                def solve(links):
                    n = len(links)
                    label = list(range(n))
                    for i in range(n):
                        for j in range(n):
                            if links[i][j] == 1 and label[i] != label[j]:
                                old, new = label[i], label[j]
                                label = [new if x == old else x for x in label]
                    return len(set(label))
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        if task == "union_find":
            n = place + 1
            arguments.append((n, choose.sample(node_pairs(list(range(n))), (0, n))))
        elif task == "provinces":
            n = 2 + place % 4
            pairs = set(choose.sample(node_pairs(list(range(n))), (0, n)))
            arguments.append(
                (
                    [
                        [int(i == j or (i, j) in pairs or (j, i) in pairs) for j in range(n)]
                        for i in range(n)
                    ],
                )
            )
        else:
            share = 0.6 if place % 2 else 0.25
            arguments.append((undirected_graph(choose, share),))
    return Exercise(
        texts=[text.replace("matrix[i][j]", "<links>[i][j]") for text in texts],
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**GRAPH_NAMES, "links": ("matrix", "grid", "connected", "cities")},
    )
