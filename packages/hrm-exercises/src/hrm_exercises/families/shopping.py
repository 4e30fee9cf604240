"""Shopping lists, budgets, savings, currencies, prices as text."""

from typing import Any

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family


def _prices(choose: Chooser, num: int | tuple[int, int] = (1, 5)) -> dict[str, int]:
    length = num if isinstance(num, int) else choose.integer(*num)
    return {choose.thing(): choose.integer(1, 30) for _ in range(length)}


_CARTS = {
    "total": (
        ("find the total price of a cart, a list of tuples (name, price, quantity)",
         "add up price times quantity over a list of (name, price, quantity)",
         "Given a list of items as tuples (name, price, count), return what they cost together."),
        ("def solve(cart):\n    return sum(price * quantity for name, price, quantity in cart)",
         "def solve(cart):\n    total = 0\n    for item in cart:\n"
         "        total += item[1] * item[2]\n    return total"),
        "cart",
    ),
    "num_items": (
        ("count all pieces in a cart, a list of tuples (name, price, quantity)",
         "find the sum of the quantities in a list of (name, price, quantity)",
         "Given a list of items as tuples (name, price, count), return how many things are bought "
         "altogether."),
        ("def solve(cart):\n    return sum(quantity for name, price, quantity in cart)",
         "def solve(cart):\n    total = 0\n    for item in cart:\n        total += item[2]\n"
         "    return total"),
        "cart",
    ),
    "dearest": (
        ("find the name of the item with the highest price in a list of tuples (name, price, "
         "quantity); of several, the first",
         "return the name of the most expensive item of a cart of (name, price, quantity)",
         "Given a nonempty list of items as tuples (name, price, count), return the name of the "
         "first one with the greatest price."),
        ("def solve(cart):\n    return max(cart, key=lambda item: item[1])[0]",
         "def solve(cart):\n    best = cart[0]\n    for item in cart[1:]:\n"
         "        if item[1] > best[1]:\n            best = item\n    return best[0]"),
        "full cart",
    ),
    "cost_of_order": (
        ("find the cost of an order: <order> maps products to quantities, <prices> maps products "
         "to prices",
         "compute what the products of a dictionary of quantities cost, with a dictionary of "
         "prices",
         "Given a dict of quantities and a dict of prices, return the total price of the order."),
        ("def solve(order, prices):\n"
         "    return sum(prices[product] * order[product] for product in order)",
         "def solve(order, prices):\n    total = 0\n"
         "    for product, quantity in order.items():\n"
         "        total += prices[product] * quantity\n    return total"),
        "order",
    ),
    "known_only": (
        ("add up the prices of the products in a list; products without a price count 0",
         "find the total of a shopping list with a dictionary of prices, ignoring unknown products",
         "Given a list of product names and a dict from name to price, return the sum of the "
         "prices that are known."),
        ("def solve(products, prices):\n"
         "    return sum(prices.get(product, 0) for product in products)",
         "def solve(products, prices):\n    total = 0\n    for product in products:\n"
         "        if product in prices:\n            total += prices[product]\n"
         "    return total"),
        "names",
    ),
    "missing": (
        ("list the products of a shopping list that a price list doesn't contain, in their order",
         "find the names in a list that have no price in a dictionary",
         "Given a list of product names and a dict of prices, return the names without a price."),
        ("def solve(products, prices):\n"
         "    return [product for product in products if product not in prices]",
         "def solve(products, prices):\n    result = []\n    for product in products:\n"
         "        if product not in prices:\n            result.append(product)\n"
         "    return result"),
        "names",
    ),
    "cheaper": (
        ("list the names of the products that cost at most <limit>, in alphabetical order",
         "find which products of a price dictionary are not more expensive than a limit, sorted",
         "Given a dict from product to price and a limit, return the sorted list of the affordable "
         "products."),
        ("def solve(prices, limit):\n"
         "    return sorted(product for product in prices if prices[product] <= limit)",
         "def solve(prices, limit):\n    result = []\n"
         "    for product, price in prices.items():\n        if price <= limit:\n"
         "            result.append(product)\n    return sorted(result)"),
        "limit",
    ),
    "cheapest": (
        ("find the cheapest product in a dictionary of prices; of several, the first in "
         "alphabetical order",
         "return the name with the lowest price (ties go to the alphabetically first name)",
         "Given a nonempty dict from product to price, return the product with the smallest price, "
         "the alphabetically first one on a tie."),
        ("def solve(prices):\n"
         "    return min(prices, key=lambda product: (prices[product], product))",
         "def solve(prices):\n    best = min(prices.values())\n"
         "    return min(product for product in prices if prices[product] == best)"),
        "prices",
    ),
    "raise_all": (
        ("raise all prices of a dictionary by <amount>",
         "add the same amount to each price of a dict and return the new dict",
         "Given a dict from product to price and an amount, return a dict with all prices "
         "increased by the amount."),
        ("def solve(prices, amount):\n"
         "    return {product: price + amount for product, price in prices.items()}",
         "def solve(prices, amount):\n    result = {}\n    for product in prices:\n"
         "        result[product] = prices[product] + amount\n    return result"),
        "limit",
    ),
}  # fmt: skip


_MORE_SHOPPING_CARTS_AND_PRICE_LISTS = {
    "total": "I have a cart of (name, price, quantity) tuples. Return what I have to pay.",
    "num_items": "How many pieces are in a cart of (name, price, quantity) tuples?",
    "dearest": (
        "Which item of a cart of (name, price, quantity) tuples has the highest price? Return "
        "its name (the first of several)."
    ),
    "cost_of_order": (
        "How much is an order? Given are two dicts: product to quantity and product to price."
    ),
    "known_only": (
        "How much do the products of a list cost? Skip those that the price dict doesn't know."
    ),
    "missing": "Which products of my list have no price in the dict? Keep their order.",
    "cheaper": "Which products cost no more than <limit>? Return their names sorted.",
    "cheapest": (
        "Which product has the lowest price? Return its name (the first by alphabet on a tie)."
    ),
    "raise_all": (
        "I have a dict of prices. Make everything <amount> more expensive and return the new dict."
    ),
}


@family(ask=tuple(_CARTS))
def shopping_carts_and_price_lists(choose: Chooser, ask: str) -> Exercise:
    """Add up carts, look prices up."""
    texts, solutions, kind = _CARTS[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(5):
        prices = _prices(choose)
        cart = [(name, price, choose.integer(1, 6)) for name, price in prices.items()]
        if i == 4 and kind == "cart":
            cart = []
        names = choose.sample(list(prices), (1, 5)) + [choose.thing() for _ in range(2)]
        arguments.append({
            "cart": (cart,),
            "full cart": (cart,),
            "order": ({name: quantity for name, _, quantity in cart[:3]}, prices),
            "names": (choose.shuffled(names), prices),
            "limit": (prices, choose.integer(3, 20)),
            "prices": (prices,),
        }[kind])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_SHOPPING_CARTS_AND_PRICE_LISTS[ask]),
        names={
            "total": ("cart_total", "total_price", "shopping_total"),
            "num_items": ("count_pieces", "total_quantity", "number_of_things"),
            "dearest": ("most_expensive", "dearest_item", "highest_price"),
            "cost_of_order": ("order_cost", "cost_of_order", "order_price"),
            "known_only": ("sum_of_prices", "list_total", "known_prices_total"),
            "missing": ("missing_prices", "without_price", "unknown_products"),
            "cheaper": ("affordable", "cheap_products", "products_up_to"),
            "cheapest": ("cheapest", "lowest_price", "cheapest_product"),
            "raise_all": ("raise_prices", "increase_prices", "add_to_prices"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "cart": ("basket", "items", "purchases"),
            "prices": ("price_list", "costs", "price_of"),
            "products": ("names", "shopping_list", "wanted"),
            "product": ("name", "p", "thing"),
            "item": ("entry", "x"),
            "key": ("key",),
        },
    )


_BUDGETS = {
    "how_many": (
        ("count how many things can be bought with <budget> if the cheapest are taken first",
         "find the largest number of items of a price list that a budget can pay, each once",
         "Given a list of prices and a budget, return the greatest number of items that can be "
         "bought."),
        ("def solve(prices, budget):\n    count = 0\n    for price in sorted(prices):\n"
         "        if price > budget:\n            break\n        budget -= price\n"
         "        count += 1\n    return count",
         "def solve(prices, budget):\n    total = 0\n    count = 0\n"
         "    for price in sorted(prices):\n        total += price\n"
         "        if total <= budget:\n            count += 1\n    return count"),
    ),
    "in_order": (
        ("buy things in the order of a price list as long as the money suffices, and return what "
         "is left of <budget>; stop at the first one that is too expensive",
         "go through a list of prices, pay each one from a budget until one can't be paid, and "
         "return the rest",
         "Given prices and a budget, pay the prices one after another and return the money left "
         "when the next price is too high or the list ends."),
        ("def solve(prices, budget):\n    for price in prices:\n        if price > budget:\n"
         "            break\n        budget -= price\n    return budget",
         "def solve(prices, budget):\n    index = 0\n"
         "    while index < len(prices) and prices[index] <= budget:\n"
         "        budget -= prices[index]\n        index += 1\n    return budget"),
    ),
    "skip": (
        ("go through a list of prices and buy whatever the remaining money allows; return the list "
         "of prices paid",
         "buy things in order from a budget, skipping those that are too expensive, and return "
         "what was paid for each",
         "Given prices and a budget, take each item that can still be paid and return the prices "
         "of the items taken."),
        ("def solve(prices, budget):\n    result = []\n    for price in prices:\n"
         "        if price <= budget:\n            result.append(price)\n"
         "            budget -= price\n    return result",),
    ),
    "enough": (
        ("check whether <budget> suffices to buy everything in a price list",
         "check if the sum of some prices is within a budget",
         "Return True if a budget is at least the sum of a list of prices, else False."),
        ("def solve(prices, budget):\n    return sum(prices) <= budget",
         "def solve(prices, budget):\n    for price in prices:\n        budget -= price\n"
         "    return budget >= 0"),
    ),
    "missing": (
        ("find how much money is missing to buy everything in a price list with <budget> (0 if "
         "nothing is missing)",
         "return by how much the sum of some prices exceeds a budget, or 0",
         "Given prices and a budget, return the amount that is still needed to pay for all, at "
         "least 0."),
        ("def solve(prices, budget):\n    return max(sum(prices) - budget, 0)",
         "def solve(prices, budget):\n    total = 0\n    for price in prices:\n"
         "        total += price\n    if total > budget:\n        return total - budget\n"
         "    return 0"),
    ),
    "pair": (
        ("find the largest sum of two different items of a price list that <budget> can pay, or 0",
         "return the highest price of a pair of things (at different places in a list) within a "
         "budget, 0 if no pair fits",
         "Given prices and a budget, choose two items that cost as much as possible without going "
         "over the budget and return their sum, or 0."),
        ("from itertools import combinations\n\ndef solve(prices, budget):\n"
         "    sums = [a + b for a, b in combinations(prices, 2) if a + b <= budget]\n"
         "    return max(sums, default=0)",
         "def solve(prices, budget):\n    best = 0\n    for i in range(len(prices)):\n"
         "        for j in range(i + 1, len(prices)):\n"
         "            total = prices[i] + prices[j]\n            if best < total <= budget:\n"
         "                best = total\n    return best"),
    ),
}  # fmt: skip


_MORE_BUYING_WITHIN_BUDGET = {
    "how_many": "How many things can I buy at most with my budget? Given are the prices.",
    "in_order": (
        "I buy things in the given order until one is too expensive. Return the money I have left."
    ),
    "skip": (
        "I go along the shelf and buy each thing that I can still pay. Return the prices of "
        "what I bought."
    ),
    "enough": "Is my budget enough for all prices of a list? Return True or False.",
    "missing": "How much more money do I need to buy everything? Return 0 if I have enough.",
    "pair": (
        "I want to buy exactly two things for as much of my budget as possible. Return their "
        "price together, or 0."
    ),
}


@family(ask=tuple(_BUDGETS))
def buying_within_budget(choose: Chooser, ask: str) -> Exercise:
    """Buy things from a price list with a budget."""
    texts, solutions = _BUDGETS[ask]
    arguments = []
    for i in range(6):
        prices = choose.integers((2, 7), 2, 30)
        share = choose.integer(20, 100) if i % 2 else choose.integer(80, 130)
        arguments.append((prices, sum(prices) * share // 100))
    return Exercise(
        texts=(*texts, _MORE_BUYING_WITHIN_BUDGET[ask]),
        names={
            "how_many": ("max_items", "how_many_items", "items_in_budget"),
            "in_order": ("money_left", "buy_in_order", "rest_of_budget"),
            "skip": ("buy_what_fits", "affordable_items", "buy_items"),
            "enough": ("is_enough", "can_buy_all", "budget_suffices"),
            "missing": ("missing_money", "still_needed", "money_missing"),
            "pair": ("best_pair", "max_pair_price", "two_items"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "prices": ("costs", "price_list", "items"),
            "price": ("cost", "p"),
            "budget": ("money", "limit", "cash"),
        },
    )


_SAVINGS = {
    "months": (
        ("count the months until savings that begin with <start> and grow by <monthly> a month "
         "reach <goal>",
         "find how many months one must save a fixed amount to reach a goal, given the money at "
         "the start",
         "Given start money, a monthly amount and a goal, return the number of months until the "
         "goal is reached (0 if it already is)."),
        "start, monthly, goal",
        ("def solve(start, monthly, goal):\n    months = 0\n    while start < goal:\n"
         "        start += monthly\n        months += 1\n    return months",
         "import math\n\ndef solve(start, monthly, goal):\n"
         "    return max(0, math.ceil((goal - start) / monthly))"),
    ),
    "years_to_goal": (
        ("count the years until <start> grows to at least <goal> at <rate> percent interest a year",
         "find how many years money must be invested with yearly interest to reach a goal",
         "Given an amount, a yearly interest rate in percent and a goal, return the number of full "
         "years until the goal is reached."),
        "start, rate, goal",
        ("def solve(start, rate, goal):\n    years = 0\n    while start < goal:\n"
         "        start += start * rate / 100\n        years += 1\n    return years",),
    ),
    "loan": (
        ("count the monthly payments of <monthly> that are needed to pay back <start> without "
         "interest",
         "find the number of months to pay off a debt with a fixed monthly payment",
         "Given a debt and a monthly payment, return how many payments are needed; the last one "
         "may be smaller."),
        "start, monthly",
        ("def solve(start, monthly):\n    return -(-start // monthly)",
         "def solve(start, monthly):\n    months = 0\n    while start > 0:\n"
         "        start -= monthly\n        months += 1\n    return months"),
    ),
    "growing": (
        ("find the total saved in <weeks> weeks if one saves <start> in the first week and <step> "
         "more in each following week",
         "add up weekly savings that begin with an amount and increase by the same step each week",
         "Given the savings of the first week, the weekly increase and the number of weeks, return "
         "the sum saved."),
        "start, step, weeks",
        ("def solve(start, step, weeks):\n"
         "    return sum(start + step * week for week in range(weeks))",
         "def solve(start, step, weeks):\n    total = 0\n    for _ in range(weeks):\n"
         "        total += start\n        start += step\n    return total"),
    ),
    "balance": (
        ("find the balance of an account after a list of deposits (positive) and withdrawals "
         "(negative), beginning with <start>",
         "apply a list of changes to an account with a starting balance and return the result",
         "Given a starting balance and a list of transactions, return the balance at the end."),
        "start, changes",
        ("def solve(start, changes):\n    return start + sum(changes)",
         "def solve(start, changes):\n    for change in changes:\n        start += change\n"
         "    return start"),
    ),
    "overdrawn": (
        ("check whether an account is ever below 0 while a list of transactions is applied to the "
         "balance <start>",
         "check if the balance of an account becomes negative at some point of a list of deposits "
         "and withdrawals",
         "Given a starting balance and a list of changes, return True if the balance is negative "
         "after one of them."),
        "start, changes",
        ("def solve(start, changes):\n    for change in changes:\n        start += change\n"
         "        if start < 0:\n            return True\n    return False",
         "from itertools import accumulate\n\ndef solve(start, changes):\n"
         "    return any(balance < 0 for balance in accumulate(changes, initial=start))"),
    ),
    "history": (
        ("list the balances of an account after each transaction of a list, beginning with <start>",
         "return the running balance after every deposit or withdrawal in a list",
         "Given a starting balance and a list of changes, return the list of balances after each "
         "change."),
        "start, changes",
        ("def solve(start, changes):\n    result = []\n    for change in changes:\n"
         "        start += change\n        result.append(start)\n    return result",
         "from itertools import accumulate\n\ndef solve(start, changes):\n"
         "    return list(accumulate(changes, initial=start))[1:]"),
    ),
}  # fmt: skip


_MORE_SAVINGS_AND_ACCOUNTS = {
    "months": "How many months must I save <monthly> a month to get from <start> to <goal>?",
    "years_to_goal": (
        "After how many years of <rate> percent interest a year has <start> grown to <goal> "
        "or more?"
    ),
    "loan": "How many months do I pay back a loan of <start> with <monthly> a month?",
    "growing": (
        "I save <start> in week one and each week <step> more than the week before. How much "
        "is it after <weeks> weeks?"
    ),
    "balance": "What is my balance after all the transactions in a list?",
    "overdrawn": (
        "Does my balance ever fall below zero? Given are the start and a list of transactions."
    ),
    "history": (
        "I have a starting balance and a list of transactions. Return the list of balances "
        "after each of them."
    ),
}


@family(ask=tuple(_SAVINGS))
def savings_and_accounts(choose: Chooser, ask: str) -> Exercise:
    """Save money, pay debts back, keep an account."""
    texts, _, solutions = _SAVINGS[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        start, monthly = choose.integer(1, 40) * 10, choose.integer(1, 20) * 10
        changes = choose.integers((1, 6), -60, 60)
        if ask == "overdrawn":
            start = choose.integer(5, 40) if i % 2 else 200
        arguments.append({
            "months": (start, monthly, choose.integer(1, 90) * 20),
            "years_to_goal": (start, choose.integer(2, 12), start * choose.integer(10, 35) // 10),
            "loan": (start * 10, monthly),
            "growing": (choose.integer(1, 20), choose.integer(0, 5), choose.integer(1, 15)),
        }.get(ask, (start, changes)))  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_SAVINGS_AND_ACCOUNTS[ask]),
        names={
            "months": ("months_to_save", "months_until_goal", "saving_months"),
            "years_to_goal": ("years_to_goal", "years_until", "investment_years"),
            "loan": ("payments_needed", "months_to_pay", "pay_off"),
            "growing": ("total_savings", "growing_savings", "saved_in_weeks"),
            "balance": ("final_balance", "account_balance", "apply_transactions"),
            "overdrawn": ("is_overdrawn", "goes_below_zero", "ever_negative"),
            "history": ("balance_history", "running_balance", "balances"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={
            "start": ("balance0", "amount", "money", "initial_amount"),
            "monthly": ("payment", "per_month", "m"),
            "goal": ("target", "wanted", "g"),
            "changes": ("transactions", "moves", "lst"),
            "change": ("t", "amount_", "x"),
        },
    )


_EXCHANGE = {
    "convert": (
        ("convert an amount into another currency with the rates of a dictionary, rounded to 2 "
         "digits",
         "multiply <amount> by the exchange rate of <currency> and round to 2 decimal places",
         "Given an amount, a currency and a dict from currency to rate, return the amount in that "
         "currency, rounded to 2 digits."),
        "def solve(amount, currency, rates):\n    return round(amount * rates[currency], 2)",
        "def solve(amount, currency, rates):\n    rate = rates[currency]\n"
        "    return round(amount * rate, 2)",
    ),
    "unknown": (
        ("convert an amount with a dictionary of exchange rates, or return None for an unknown "
         "currency (2 digits)",
         "find what <amount> is worth in <currency>; if there is no rate for it, return None "
         "(round to 2 digits)",
         "Given an amount, a currency and a dict of rates, return the converted amount rounded to "
         "2 digits, or None if the currency is not in the dict."),
        "def solve(amount, currency, rates):\n    if currency not in rates:\n        return None\n"
        "    return round(amount * rates[currency], 2)",
        "def solve(amount, currency, rates):\n    rate = rates.get(currency)\n"
        "    return None if rate is None else round(amount * rate, 2)",
    ),
    "best": (
        ("find the currency with the highest rate in a dictionary of exchange rates",
         "return the name of the currency of which one gets most for one unit",
         "Given a dict from currency to rate (all different), return the currency with the largest "
         "rate."),
        "def solve(rates):\n    return max(rates, key=rates.get)",
        "def solve(rates):\n    best = None\n    for currency in rates:\n"
        "        if best is None or rates[currency] > rates[best]:\n"
        "            best = currency\n    return best",
    ),
}  # fmt: skip

_CURRENCIES = ("EUR", "USD", "GBP", "JPY", "CHF", "SEK", "NOK", "INR", "AUD", "CAD")


@family(ask=tuple(_EXCHANGE))
def currency_exchange(choose: Chooser, ask: str) -> Exercise:
    """Convert amounts with a dictionary of rates."""
    texts, one, other = _EXCHANGE[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        currencies = choose.sample(_CURRENCIES, 3)
        values = choose.sample(range(50, 200), 3)
        rates = {name: value / 100 for name, value in zip(currencies, values, strict=True)}
        currency = choose.one_of(currencies)
        if ask == "unknown" and i % 2:
            currency = choose.one_of([name for name in _CURRENCIES if name not in currencies])
        amount = choose.integer(1, 50) * 10
        arguments.append((rates,) if ask == "best" else (amount, currency, rates))
    return Exercise(
        texts=texts,
        names={
            "convert": ("convert_currency", "exchange", "to_currency"),
            "unknown": ("exchange_or_none", "convert_if_known", "safe_exchange"),
            "best": ("best_currency", "highest_rate", "strongest_rate"),
        }[ask],
        solutions=(one, other),
        arguments=arguments,
        synonyms={
            "rates": ("exchange_rates", "table", "rate_of"),
            "currency": ("code", "target", "cur"),
            "amount": ("money", "value_", "sum_"),
            "key": ("key",),
        },
    )


_MONEY_TEXTS = {
    "format": (
        ("write an amount of cents as dollars, such as '$12.05'",
         "format a non-negative number of cents as a price with a dollar sign and two digits after "
         "the point",
         "Given an amount in cents, return text like '$3.50'."),
        ("def solve(cents):\n    return '${}.{:02d}'.format(cents // 100, cents % 100)",
         "def solve(cents):\n    return '$' + str(cents // 100) + '.' + "
         "str(cents % 100).zfill(2)"),
    ),
    "parse": (
        ("convert a price such as '$12.05' to cents",
         "read a text with a dollar sign and two digits after the point as a number of cents",
         "Given a price as text like '$3.50', return the amount in cents as an integer."),
        ("def solve(text):\n    dollars, cents = text[1:].split('.')\n"
         "    return int(dollars) * 100 + int(cents)",
         "def solve(text):\n    return int(text.replace('$', '').replace('.', ''))"),
    ),
    "commas": (
        ("write an amount with commas between thousands and two digits after the point, such as "
         "'1,234.50'",
         "format a number as money: thousands separated by commas, exactly two decimals",
         "Given a non-negative number, return it as text with commas and two decimal places."),
        ("def solve(amount):\n    return '{:,.2f}'.format(amount)",
         "def solve(amount):\n    return format(amount, ',.2f')"),
    ),
    "total": (
        ("add prices that are texts such as '$1.25' and return the total in the same form",
         "find the sum of a list of price strings with dollar signs, as a price string",
         "Given a list of texts like '$3.50', return their sum as such a text."),
        ("def solve(prices):\n"
         "    cents = sum(int(price[1:].replace('.', '')) for price in prices)\n"
         "    return '${}.{:02d}'.format(cents // 100, cents % 100)",
         "def solve(prices):\n    total = 0\n    for price in prices:\n"
         "        dollars, cents = price[1:].split('.')\n"
         "        total += int(dollars) * 100 + int(cents)\n"
         "    return '$' + str(total // 100) + '.' + str(total % 100).zfill(2)"),
    ),
}  # fmt: skip


def _price(cents: int) -> str:
    return f"${cents // 100}.{cents % 100:02d}"


@family(ask=tuple(_MONEY_TEXTS))
def amounts_of_money_as_text(choose: Chooser, ask: str) -> Exercise:
    """Write or read amounts of money."""
    texts, solutions = _MONEY_TEXTS[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        cents = choose.integer(0, 10 ** choose.integer(2, 5))
        if i == 5:
            cents = choose.integer(1, 9) * 100 + choose.integer(0, 9)
        arguments.append({
            "format": (cents,),
            "parse": (_price(cents),),
            "commas": (cents * choose.integer(1, 40) + choose.one_of((0, 0.5, 0.25)),),
            "total": ([_price(n) for n in [cents, *choose.integers((0, 4), 5, 2000)]],),
        }[ask])  # fmt: skip
    return Exercise(
        texts=texts,
        names={
            "format": ("format_price", "cents_to_text", "price_text"),
            "parse": ("parse_price", "price_in_cents", "read_price"),
            "commas": ("format_money", "money_text", "with_commas"),
            "total": ("total_of_prices", "sum_price_texts", "add_prices"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={"cents": ("amount", "n", "c"), "text": ("s", "price", "p")},
    )


@family(ask=("best_pack", "admission", "bottles"))
def offers_and_tickets(choose: Chooser, ask: str) -> Exercise:
    """Compare packs, sell tickets by age, trade empty bottles in."""
    texts, names, solutions = _OFFERS[ask]
    arguments: list[tuple[Any, ...]] = []
    for i in range(6):
        if ask == "best_pack":
            sizes = choose.sample(range(1, 13), (2, 4))
            arguments.append(([(size * choose.integer(2, 9) + size // 2, size) for size in sizes],))
        elif ask == "admission":
            arguments.append(([choose.integer(0, 90) for _ in range(i)],))
        else:
            arguments.append((choose.integer(3, 40), choose.integer(2, 6)))
    return Exercise(
        texts=texts,
        names=names,
        solutions=solutions,
        arguments=arguments,
        synonyms={"ages": ("lst", "visitors", "people"), "packs": ("offers", "deals"),
                  "key": ("key",), "full": ("bottles", "bought"), "k": ("k", "exchange", "rate")},
    )  # fmt: skip


_OFFERS = {
    "best_pack": (
        (
            "find the pack with the lowest price per piece in a list of (price, pieces); of "
            "several, the first",
            "return the tuple (price, pieces) that is cheapest for each piece",
            "Given offers as tuples of price and number of pieces, return the one where a piece "
            "costs least (the first on a tie).",
        ),
        ("best_pack", "cheapest_pack", "best_offer"),
        (
            "def solve(packs):\n    return min(packs, key=lambda pack: pack[0] / pack[1])",
            "def solve(packs):\n    best = packs[0]\n    for pack in packs:\n"
            "        if pack[0] * best[1] < best[0] * pack[1]:\n            best = pack\n"
            "    return best",
        ),
    ),
    "admission": (
        (
            "find the price of tickets for people of the given ages: free below 6, 5 below 18, 7 "
            "from 65 on, otherwise 12",
            "compute the total admission for a list of ages (under 6: 0, under 18: 5, 65 or older: "
            "7, others: 12)",
            "Given the ages of a group, return what it pays: children under 6 nothing, under 18 "
            "5, people of 65 and more 7, all others 12.",
        ),
        ("ticket_price", "group_admission", "admission"),
        (
            """
            def solve(ages):
                total = 0
                for age in ages:
                    if age < 6:
                        continue
                    if age < 18:
                        total += 5
                    elif age >= 65:
                        total += 7
                    else:
                        total += 12
                return total
            """,
            """
            def price(age):
                if age < 6:
                    return 0
                if age < 18:
                    return 5
                return 7 if age >= 65 else 12

            def solve(ages):
                return sum(price(age) for age in ages)
            """,
        ),
    ),
    "bottles": (
        (
            "count how many bottles one can drink that buys <full> of them and gets a new one for "
            "every <k> empty ones",
            "find the number of bottles that can be drunk if k empty bottles are exchanged for a "
            "full one again and again",
            "Given a number of full bottles and how many empty ones are traded for a full one, "
            "return how many bottles can be drunk altogether.",
        ),
        ("bottles_to_drink", "max_bottles", "exchange_bottles"),
        (
            """
            def solve(full, k):
                total = full
                empty = full
                while empty >= k:
                    new = empty // k
                    total += new
                    empty = empty % k + new
                return total
            """,
            """
            def solve(full, k):
                return full + (full - 1) // (k - 1)
            """,
        ),
    ),
}
