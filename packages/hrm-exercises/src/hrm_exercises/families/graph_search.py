"""Searching graphs: reachable nodes, distances, orders, cycles, cheapest ways."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.families.graphs import (
    GRAPH_NAMES,
    acyclic_graph,
    directed_graph,
    random_edges,
    undirected_graph,
)
from hrm_exercises.family import Exercise, family

_BFS = """
        from collections import deque


        def solve({arguments}):
            {first}
            queue = deque([start])
            while queue:
                node = queue.popleft()
                for other in graph[node]:
                    if other not in {store}:
                        {add}
                        queue.append(other)
            return {end}
        """


@family(
    task=("reachable", "path_exists", "distance", "distances", "dfs_order", "bfs_order", "path"),
    kind=("directed", "undirected"),
)
def searching_a_graph(choose: Chooser, task: str, kind: str) -> Exercise:
    """Search a graph from a start node."""
    given = f"{'a' if kind == 'directed' else 'an'} {kind} graph given as a dictionary of lists"
    seen_bfs = {"first": "seen = {start}", "store": "seen", "add": "seen.add(other)"}
    far_bfs = {
        "first": "distances = {start: 0}",
        "store": "distances",
        "add": "distances[other] = distances[node] + 1",
    }
    texts, names, solutions = {
        "reachable": (
            (
                f"list all nodes that can be reached from a start node in {given}, sorted, the "
                "start included",
                f"find the sorted list of everything that is reachable from <start> (itself too) "
                f"in {given}",
                f"In {given}, follow the edges from a start node. Return the sorted list of all "
                "nodes you can get to, including the start.",
                f"Which nodes are connected with the start by a path? Return them sorted, start "
                f"included, for {given}.",
            ),
            ("reachable", "reachable_nodes", "find_reachable", "all_reachable"),
            (
                _BFS.format(arguments="graph, start", end="sorted(seen)", **seen_bfs),
                """
                def solve(graph, start):
                    seen = set()
                    stack = [start]
                    while stack:
                        node = stack.pop()
                        if node not in seen:
                            seen.add(node)
                            stack.extend(graph[node])
                    return sorted(seen)
                """,
            ),
        ),
        "path_exists": (
            (
                f"check whether there is a path from one node to another in {given}",
                f"test if <target> can be reached from <start> in {given}",
                f"In {given}, return True if a path leads from the first node to the second one, "
                "else False. A node reaches itself.",
                f"Given two nodes and {given}, are they connected by a path from the first to the "
                "second?",
            ),
            ("has_path", "path_exists", "is_reachable", "can_reach"),
            (
                _BFS.format(arguments="graph, start, target", end="target in seen", **seen_bfs),
                """
                def solve(graph, start, target):
                    seen = set()
                    stack = [start]
                    while stack:
                        node = stack.pop()
                        if node == target:
                            return True
                        if node not in seen:
                            seen.add(node)
                            stack.extend(graph[node])
                    return False
                """,
            ),
        ),
        "distance": (
            (
                f"find the smallest number of edges on a path between two nodes of {given}, or -1 "
                "if there is no path",
                f"compute the distance from <start> to <target> in {given} (-1 if it can't be "
                "reached)",
                f"In {given}, return the length of the shortest path from the first node to the "
                "second one in edges; -1 for no path.",
                f"How many steps are needed at least from one node to another in {given}? Return "
                "-1 if it is impossible.",
            ),
            ("distance", "shortest_path_length", "min_edges", "num_steps"),
            (
                _BFS.format(
                    arguments="graph, start, target", end="distances.get(target, -1)", **far_bfs
                ),
                """
                def solve(graph, start, target):
                    seen = {start}
                    level = [start]
                    steps = 0
                    while level:
                        if target in level:
                            return steps
                        following = []
                        for node in level:
                            for other in graph[node]:
                                if other not in seen:
                                    seen.add(other)
                                    following.append(other)
                        level = following
                        steps += 1
                    return -1
                """,
            ),
        ),
        "distances": (
            (
                f"find the distances, in edges, from a start node to all reachable nodes of "
                f"{given}, as a dictionary",
                f"compute with breadth-first search how many edges lead from <start> to each node "
                f"that it reaches in {given}",
                f"In {given}, return a dictionary of the shortest distance (number of edges) of "
                "every node that can be reached from the start, with 0 for the start.",
                f"Breadth-first search in {given}: return {{node: distance from the start}}.",
            ),
            ("all_distances", "bfs_distances", "distances_from", "levels"),
            (
                _BFS.format(arguments="graph, start", end="distances", **far_bfs),
                """
                def solve(graph, start):
                    result = {start: 0}
                    level = [start]
                    while level:
                        following = []
                        for node in level:
                            for other in graph[node]:
                                if other not in result:
                                    result[other] = result[node] + 1
                                    following.append(other)
                        level = following
                    return result
                """,
            ),
        ),
        "dfs_order": (
            (
                f"list the nodes of {given} in the order of a depth-first search from a start "
                "node, taking neighbours in the order of their list",
                f"do a depth-first traversal of {given} and return the nodes in the "
                "order of their first visit",
                f"In {given}, visit a start node, then for each of its neighbours in turn do the "
                "same if it was not visited yet. Return the order of the visits.",
                f"Depth-first search order from a start node in {given}; neighbours are tried in "
                "the listed order.",
            ),
            ("dfs", "dfs_order", "depth_first", "depth_first_search"),
            (
                """
                def solve(graph, start):
                    result = []

                    def visit(node):
                        if node in result:
                            return
                        result.append(node)
                        for other in graph[node]:
                            visit(other)

                    visit(start)
                    return result
                """,
                """
                def solve(graph, start):
                    result = []
                    stack = [start]
                    while stack:
                        node = stack.pop()
                        if node not in result:
                            result.append(node)
                            stack.extend(reversed(graph[node]))
                    return result
                """,
            ),
        ),
        "bfs_order": (
            (
                f"list the nodes of {given} in the order of a breadth-first search from a start "
                "node, taking neighbours in the order of their list",
                f"do a breadth-first traversal of {given} and return the nodes in the order in "
                "which they are found",
                f"In {given}, visit the start, then its neighbours, then their neighbours and so "
                "on, always in the listed order. Return the nodes in this order, each once.",
                f"Breadth-first search order from a start node in {given}.",
            ),
            ("bfs", "bfs_order", "breadth_first", "breadth_first_search"),
            (
                """
                from collections import deque


                def solve(graph, start):
                    result = [start]
                    queue = deque([start])
                    while queue:
                        node = queue.popleft()
                        for other in graph[node]:
                            if other not in result:
                                result.append(other)
                                queue.append(other)
                    return result
                """,
                """
                def solve(graph, start):
                    result = [start]
                    for node in result:
                        for other in graph[node]:
                            if other not in result:
                                result.append(other)
                    return result
                """,
            ),
        ),
        "path": (
            (
                f"find a shortest path between two nodes of {given} as a list of nodes, or None; "
                "use breadth-first search that takes neighbours in the order of their list",
                f"return the path that breadth-first search finds from <start> to <target> in "
                f"{given}, None if there is none (neighbours in the listed order)",
                f"In {given}, return the list of nodes on the shortest path from the first node "
                "to the second one that breadth-first search finds first, or None if they are "
                "not connected.",
                f"Shortest path as a list of nodes in {given}, by breadth-first search in the "
                "listed order of neighbours (None if there is no path).",
            ),
            ("shortest_path", "find_path", "bfs_path"),
            (
                """
                from collections import deque


                def solve(graph, start, target):
                    queue = deque([[start]])
                    seen = {start}
                    while queue:
                        path = queue.popleft()
                        if path[-1] == target:
                            return path
                        for other in graph[path[-1]]:
                            if other not in seen:
                                seen.add(other)
                                queue.append(path + [other])
                    return None
                """,
                """
                from collections import deque


                def solve(graph, start, target):
                    before = {start: None}
                    queue = deque([start])
                    while queue:
                        node = queue.popleft()
                        for other in graph[node]:
                            if other not in before:
                                before[other] = node
                                queue.append(other)
                    if target not in before:
                        return None
                    path = [target]
                    while path[-1] != start:
                        path.append(before[path[-1]])
                    return path[::-1]
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(7):
        share = choose.one_of((0.2, 0.3, 0.45))
        graph = (
            directed_graph(choose, share) if kind == "directed" else undirected_graph(choose, share)
        )
        ends = choose.sample(list(graph), 2)
        if place == 0:
            ends[1] = ends[0]
        two = task in ("path_exists", "distance", "path")
        arguments.append((graph, *ends) if two else (graph, ends[0]))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={**GRAPH_NAMES, "start": ("source", "s", "begin"), "target": ("goal", "end", "t")},
    )


@family(task=("has_cycle", "undirected_cycle", "order", "valid_order", "levels", "count_paths"))
def cycles_and_orders(choose: Chooser, task: str) -> Exercise:
    """Find cycles, or an order that respects all edges."""
    texts, names, solutions = {
        "has_cycle": (
            (
                "check whether a directed graph, given as a dictionary of lists, has a cycle",
                "test if one can get back to a node by following the edges of a directed graph "
                "{node: [targets]}",
                "Given a directed graph as an adjacency dictionary, return True if it contains a "
                "cycle, else False.",
                "Each task has a list of tasks that follow it. Return True if some tasks wait for "
                "each other in a circle.",
            ),
            ("has_cycle", "contains_cycle", "is_cyclic", "detect_cycle"),
            (
                """
                def solve(graph):
                    done = set()

                    def finds_cycle(node, path):
                        if node in path:
                            return True
                        if node in done:
                            return False
                        done.add(node)
                        return any(finds_cycle(other, path | {node}) for other in graph[node])

                    return any(finds_cycle(node, frozenset()) for node in graph)
                """,
                """
                def solve(graph):
                    remaining = dict(graph)
                    while remaining:
                        free = [
                            node
                            for node in remaining
                            if not any(other in remaining for other in remaining[node])
                        ]
                        if not free:
                            return True
                        for node in free:
                            del remaining[node]
                    return False
                """,
            ),
        ),
        "undirected_cycle": (
            (
                "check whether an undirected graph, given as a list of different edges (a, b), "
                "has a cycle",
                "test if some edges of a list of undirected edges form a closed way",
                "Given the edges of an undirected graph as tuples, return True if there is a "
                "cycle and False if the graph is a forest.",
                "Cables connect pairs of computers. Return True if some cable is not needed "
                "because its ends are already connected by others.",
            ),
            ("has_cycle", "is_cyclic", "contains_loop"),
            (
                """
                def solve(edges):
                    parent = {}

                    def find(node):
                        while node in parent:
                            node = parent[node]
                        return node

                    for a, b in edges:
                        one, two = find(a), find(b)
                        if one == two:
                            return True
                        parent[one] = two
                    return False
                """,
                """
                def solve(edges):
                    groups = []
                    for a, b in edges:
                        touched = [group for group in groups if a in group or b in group]
                        if len(touched) == 1 and a in touched[0] and b in touched[0]:
                            return True
                        groups = [group for group in groups if group not in touched]
                        groups.append({a, b}.union(*touched))
                    return False
                """,
            ),
        ),
        "order": (
            (
                "find a topological order of a directed graph without cycles, given as a "
                "dictionary of lists; of all nodes that are possible next, take the smallest",
                "sort the nodes of an acyclic graph {node: [followers]} so that each comes before "
                "its followers; always choose the smallest node that is free",
                "Given tasks and the tasks that depend on them as a dictionary, return the order "
                "in which they can be done. If several can be next, take the smallest name.",
                "Topological sort of {node: [followers]}, smallest free node first.",
            ),
            ("topological_sort", "topological_order", "task_order"),
            (
                """
                def solve(graph):
                    waiting = {node: 0 for node in graph}
                    for followers in graph.values():
                        for node in followers:
                            waiting[node] += 1
                    result = []
                    while waiting:
                        node = min(name for name in waiting if waiting[name] == 0)
                        result.append(node)
                        del waiting[node]
                        for other in graph[node]:
                            waiting[other] -= 1
                    return result
                """,
                """
                import heapq


                def solve(graph):
                    incoming = {node: 0 for node in graph}
                    for followers in graph.values():
                        for node in followers:
                            incoming[node] += 1
                    heap = [node for node in graph if incoming[node] == 0]
                    heapq.heapify(heap)
                    result = []
                    while heap:
                        node = heapq.heappop(heap)
                        result.append(node)
                        for other in graph[node]:
                            incoming[other] -= 1
                            if incoming[other] == 0:
                                heapq.heappush(heap, other)
                    return result
                """,
            ),
        ),
        "valid_order": (
            (
                "check whether a list of nodes is a valid topological order of the directed graph "
                "{node: [followers]}",
                "test if in a given order every node comes before all its followers in a "
                "dictionary of lists",
                "Given a dictionary of tasks with the tasks that must come after them, and an "
                "order of all tasks, return True if the order respects all of them, else False.",
                "Does the order put each node before the nodes its edges lead to?",
            ),
            ("is_valid_order", "respects_order", "is_topological"),
            (
                """
                def solve(graph, order):
                    place = {node: i for i, node in enumerate(order)}
                    for node in graph:
                        for other in graph[node]:
                            if place[node] > place[other]:
                                return False
                    return True
                """,
                """
                def solve(graph, order):
                    return all(
                        order.index(node) < order.index(other)
                        for node, followers in graph.items()
                        for other in followers
                    )
                """,
            ),
        ),
        "levels": (
            (
                "find the smallest number of rounds to do all tasks of an acyclic graph {task: "
                "[tasks that follow]}, if in each round all tasks without open predecessors are "
                "done at once",
                "count the semesters needed for all courses, where a dictionary lists the courses "
                "that can only be taken after a course, and any number can be taken at once",
                "Given a directed acyclic graph as a dictionary of followers, return the number "
                "of nodes on its longest path.",
                "Length of the longest path in an acyclic graph {node: [followers]}, counted in "
                "nodes.",
            ),
            ("min_rounds", "num_semesters", "longest_chain"),
            (
                """
                def solve(graph):
                    def length(node):
                        return 1 + max((length(other) for other in graph[node]), default=0)

                    return max(length(node) for node in graph)
                """,
                """
                def solve(graph):
                    remaining = set(graph)
                    rounds = 0
                    while remaining:
                        blocked = {other for node in remaining for other in graph[node]}
                        remaining &= blocked
                        rounds += 1
                    return rounds
                """,
            ),
        ),
        "count_paths": (
            (
                "count the paths from one node to another in a directed graph without cycles "
                "that is given as a dictionary of lists",
                "find how many different ways lead from <start> to <target> in an acyclic graph "
                "{node: [targets]}",
                "Given an acyclic directed graph as an adjacency dictionary, return the number of "
                "paths between two nodes (1 if they are the same).",
                "In how many ways can one travel from the first to the second place? The "
                "dictionary lists where one can go from each place, never in circles.",
            ),
            ("count_paths", "num_paths", "number_of_ways"),
            (
                """
                def solve(graph, start, target):
                    if start == target:
                        return 1
                    return sum(solve(graph, other, target) for other in graph[start])
                """,
                """
                def solve(graph, start, target):
                    count = 0
                    stack = [start]
                    while stack:
                        node = stack.pop()
                        if node == target:
                            count += 1
                        else:
                            stack.extend(graph[node])
                    return count
                """,
            ),
        ),
    }[task]  # fmt: skip
    arguments: list[tuple[Any, ...]] = []
    for place in range(6):
        graph = acyclic_graph(choose, choose.one_of((0.3, 0.5, 0.7)))
        if task == "has_cycle":
            arguments.append((directed_graph(choose, 0.35) if place % 2 else graph,))
        elif task == "undirected_cycle":
            arguments.append((random_edges(choose, (3, 5) if place % 2 else (1, 3)),))
        elif task == "valid_order":
            order = list(graph) if place % 2 else _ordered(graph)
            arguments.append((graph, order))
        elif task == "count_paths":
            order = _ordered(graph)
            arguments.append((graph, order[0], choose.one_of(order)))
        else:
            arguments.append((graph,))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={
            **GRAPH_NAMES,
            "start": ("source", "a", "begin"),
            "target": ("goal", "b", "end"),
            "order": ("sequence", "plan", "nodes"),
        },
    )


def _ordered(graph: dict[Any, list[Any]]) -> list[Any]:
    """Return the nodes of an acyclic graph, each before those that follow it."""
    order: list[Any] = []

    def visit(node: Any) -> None:
        if node not in order:
            for other in graph[node]:
                visit(other)
            order.insert(0, node)

    for node in graph:
        visit(node)
    return order
