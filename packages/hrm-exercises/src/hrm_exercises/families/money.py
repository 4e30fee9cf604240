"""Money: interest, discounts, profit, taxes, bills, wages, change."""

from hrm_exercises.chooser import Chooser
from hrm_exercises.family import Exercise, family

_NAMES = {
    "price": ("cost", "p", "amount"),
    "percent": ("pct", "discount", "rate", "p"),
    "amount": ("money", "sum_", "value", "principal"),
    "rate": ("r", "p", "interest_rate"),
    "years": ("n", "t", "time"),
    "cost": ("cost_price", "cp", "bought"),
    "sale": ("selling_price", "sp", "sold"),
    "bill": ("amount", "cost", "check"),
    "people": ("n", "persons", "num_people"),
    "hours": ("h", "worked", "num_hours"),
    "wage": ("pay", "rate", "per_hour"),
}


def _returns(parameters: str, expression: str) -> str:
    return f"def solve({parameters}):\n    return {expression}"


def _stepwise(parameters: str, name: str, expression: str) -> str:
    return f"def solve({parameters}):\n    {name} = {expression}\n    return {name}"


_INTEREST = {
    "simple_interest": (
        "simple interest on <amount> at <rate> percent a year for <years> years",
        "simple interest", "amount * rate * years / 100", "interest",
    ),
    "simple_amount": (
        "amount after <years> years if <amount> earns simple interest of <rate> percent a year",
        "final amount with simple interest", "amount + amount * rate * years / 100", "total",
    ),
    "compound_amount": (
        "amount after <years> years if <amount> earns <rate> percent "
        "compound interest a year",
        "final amount with yearly compound interest",
        "amount * (1 + rate / 100) ** years", "total",
    ),
    "compound_interest": (
        "compound interest on <amount> at <rate> percent a year for <years> "
        "years",
        "compound interest (without the amount itself)",
        "amount * (1 + rate / 100) ** years - amount", "interest",
    ),
    "monthly_compound": (
        "amount after <years> years if <amount> earns <rate> percent a year, "
        "with a twelfth of it added every month",
        "final amount with monthly compounding",
        "amount * (1 + rate / 1200) ** (12 * years)", "total",
    ),
}  # fmt: skip


@family(ask=tuple(_INTEREST))
def interest_on_savings(choose: Chooser, ask: str) -> Exercise:
    """Compute simple and compound interest."""
    long, short, expression, name = _INTEREST[ask]
    solutions = [
        _returns("amount, rate, years", expression),
        _stepwise("amount, rate, years", name, expression),
    ]
    if ask == "compound_amount":
        solutions.append(
            "def solve(amount, rate, years):\n    total = amount\n    for _ in range(years):\n"
            "        total += total * rate / 100\n    return total"
        )
    return Exercise(
        texts=(
            f"find the {long}",
            f"calculate the {long}",
            f"Given an amount of money, an interest rate in percent and a number of years, return "
            f"the {short}.",
            f"compute the {short} from the amount, the yearly rate in percent and the years",
        ),
        names=(ask, f"calculate_{ask}", f"find_{ask}", "interest"),
        solutions=solutions,
        arguments=[
            (choose.integer(1, 90) * 100, choose.integer(1, 12), choose.integer(1, 10))
            for _ in range(5)
        ],
        synonyms=_NAMES,
    )


_PRICES = {
    "discount": (
        ("find the price after a discount of <rate> percent, rounded to 2 digits",
         "reduce <price> by <rate> percent and round to cents",
         "Given a price and a discount in percent, return what one has to pay, rounded to 2 "
         "digits.",
         "calculate the sale price of an item from its price and the discount percentage (2 "
         "decimal places)"),
        "price, rate", "round(price - price * rate / 100, 2)",
        "round(price - rate * price / 100, 2)",
    ),
    "saved": (
        ("find how much money a discount of <rate> percent saves, rounded to 2 digits",
         "compute the discount on <price> in money, rounded to cents",
         "Given a price and a discount in percent, return the amount saved, rounded to 2 digits."),
        "price, rate", "round(price * rate / 100, 2)", "round(rate * price / 100, 2)",
    ),
    "two_discounts": (
        ("find the price after two discounts in percent, one after the other, rounded to 2 digits",
         "reduce <price> first by <rate> percent and the result by <second> percent, rounded to "
         "cents",
         "Given a price and two discounts in percent that are applied in turn, return the final "
         "price, rounded to 2 digits."),
        "price, rate, second", "round(price * (100 - rate) * (100 - second) / 10000, 2)",
        "round(price * ((100 - rate) * (100 - second)) / 10000, 2)",
    ),
    "percent_off": (
        ("find by how many percent a price was reduced from <price> to <sale>, rounded to 1 digit",
         "compute the discount in percent from the old and the new price, to 1 decimal place",
         "Given an old price and a lower new price, return the discount in percent, rounded to 1 "
         "digit."),
        "price, sale", "round((price - sale) / price * 100, 1)",
        "round((price - sale) / price * 100, 1)",
    ),
    "original": (
        ("find the original price if <sale> is what remains after a discount of <rate> percent, "
         "rounded to 2 digits",
         "compute the price before a discount from the reduced price and the percentage, rounded "
         "to cents",
         "Given a sale price and the discount in percent, return the price before the discount, "
         "rounded to 2 digits."),
        "sale, rate", "round(sale * 100 / (100 - rate), 2)",
        "round(100 * sale / (100 - rate), 2)",
    ),
    "with_tax": (
        ("add a sales tax of <rate> percent to a price, rounded to 2 digits",
         "find the total price with tax from the net price and the tax rate in percent, rounded to "
         "cents",
         "Given a price and a tax in percent, return the price with tax, rounded to 2 digits."),
        "price, rate", "round(price + price * rate / 100, 2)",
        "round(price + rate * price / 100, 2)",
    ),
    "without_tax": (
        ("find the net price of a price that includes <rate> percent tax, rounded to 2 digits",
         "take the sales tax out of a total price, rounded to cents",
         "Given a price with tax and the tax in percent, return the price before tax, rounded to 2 "
         "digits."),
        "price, rate", "round(price * 100 / (100 + rate), 2)",
        "round(100 * price / (100 + rate), 2)",
    ),
    "tip": (
        ("find the total of a restaurant bill with a tip of <rate> percent, rounded to 2 digits",
         "add <rate> percent tip to a bill and round to cents",
         "Given a bill and a tip in percent, return the amount to pay, rounded to 2 digits."),
        "price, rate", "round(price + price * rate / 100, 2)",
        "round(price + rate * price / 100, 2)",
    ),
}  # fmt: skip


@family(ask=tuple(_PRICES))
def prices_with_percentages(choose: Chooser, ask: str) -> Exercise:
    """Apply discounts, taxes and tips."""
    texts, parameters, one, other = _PRICES[ask]
    arguments: list[tuple[float, ...]] = []
    for _ in range(6):
        price, percent = choose.integer(4, 400), choose.integer(1, 15) * 5
        if ask in ("with_tax", "without_tax", "tip"):
            percent = choose.integer(3, 25)
        row: tuple[float, ...] = (price, percent)
        if ask == "two_discounts":
            price = choose.integer(1, 20) * 100
            row = (price, percent, choose.integer(1, 10) * 5)
        elif ask == "percent_off":
            price = choose.one_of((20, 40, 50, 60, 75, 90, 120, 150))
            row = (price, choose.integer(price // 4, price - 1))
        arguments.append(row)
    return Exercise(
        texts=texts,
        names={
            "discount": ("discounted_price", "apply_discount", "sale_price"),
            "saved": ("saved_money", "discount_amount", "amount_saved"),
            "two_discounts": ("two_discounts", "apply_two_discounts", "double_discount"),
            "percent_off": ("percent_off", "discount_percent", "reduction_in_percent"),
            "original": ("original_price", "price_before_discount", "undo_discount"),
            "with_tax": ("price_with_tax", "add_tax", "total_price"),
            "without_tax": ("price_without_tax", "net_price", "remove_tax"),
            "tip": ("bill_with_tip", "add_tip", "total_bill"),
        }[ask],
        solutions=(
            _returns(parameters, one),
            _stepwise(parameters, "result", other),
        ),
        arguments=arguments,
        synonyms={**_NAMES, "rate": ("r", "p"), "second": ("other", "rate2", "next_rate")},
    )


_TRADE = {
    "profit": (
        ("find the profit from the cost price and the selling price (negative for a loss)",
         "compute how much is earned if something is bought for <cost> and sold for <sale>",
         "Given what a thing cost and what it was sold for, return the gain."),
        (_returns("cost, sale", "sale - cost"), _stepwise("cost, sale", "profit", "sale - cost")),
    ),
    "profit_only": (
        ("find the profit of a sale, or 0 if there is none",
         "return by how much the selling price exceeds the cost price, or 0 if it doesn't",
         "Given cost and selling price, return the gain; if there was a loss, return 0."),
        (_returns("cost, sale", "max(sale - cost, 0)"),
         "def solve(cost, sale):\n    if sale > cost:\n        return sale - cost\n    return 0"),
    ),
    "loss": (
        ("find the loss of a sale, or None if there is no loss",
         "return by how much the cost price exceeds the selling price; None if it doesn't",
         "Given cost and selling price, return the loss as a positive number, or None if nothing "
         "was lost."),
        ("def solve(cost, sale):\n    if cost > sale:\n        return cost - sale\n    return None",
         _returns("cost, sale", "cost - sale if cost > sale else None")),
    ),
    "name": (
        ("return 'profit', 'loss' or 'even' for a sale, from cost and selling price",
         "tell whether buying for <cost> and selling for <sale> makes a 'profit', a 'loss', or is "
         "'even'",
         "Given cost and selling price, say in one word how the trade ended: 'profit', 'loss' or "
         "'even'."),
        ("def solve(cost, sale):\n    if sale > cost:\n        return 'profit'\n"
         "    if sale < cost:\n        return 'loss'\n    return 'even'",
         "def solve(cost, sale):\n    if sale == cost:\n        return 'even'\n"
         "    return 'profit' if sale > cost else 'loss'"),
    ),
    "percent": (
        ("find the profit in percent of the cost price, rounded to 2 digits (negative for a loss)",
         "compute how many percent are gained if something is bought for <cost> and sold for "
         "<sale>, to 2 decimal places",
         "Given cost and selling price, return the gain in percent of the cost, rounded to 2 "
         "digits."),
        (_returns("cost, sale", "round((sale - cost) / cost * 100, 2)"),
         "def solve(cost, sale):\n    profit = sale - cost\n"
         "    return round(profit / cost * 100, 2)"),
    ),
    "stock": (
        ("find the total gain of buying <count> shares for <cost> each and selling them for <sale> "
         "each, minus a fee of <fee>",
         "compute the profit of a share deal from the number of shares, both prices and the fee",
         "Given a number of shares, the price paid and the price received for each, and a fee, "
         "return the overall profit."),
        (_returns("count, cost, sale, fee", "count * (sale - cost) - fee"),
         _stepwise("count, cost, sale, fee", "profit", "count * sale - count * cost - fee")),
    ),
}  # fmt: skip


_MORE_PROFIT_AND_LOSS = {
    "profit": "I know what I paid and what I got for it. Return my profit.",
    "profit_only": "find profit amount of a sale, 0 without profit",
    "loss": "find loss amount of a sale, None without loss",
    "name": (
        "Did I make a 'profit' or a 'loss', or was it 'even'? Given are the cost price and "
        "the selling price."
    ),
    "percent": "find profit percentage from cost and selling price, rounded to 2 digits",
    "stock": (
        "I bought shares and sold them again. Given how many, both prices and a fee, return "
        "what I gained."
    ),
}


@family(ask=tuple(_TRADE))
def profit_and_loss(choose: Chooser, ask: str) -> Exercise:
    """Compare cost and selling price."""
    texts, solutions = _TRADE[ask]
    arguments: list[tuple[int, ...]] = []
    for i in range(6):
        cost = choose.integer(5, 60) * 20
        sale = max(1, cost + (choose.integer(-30, 40) * 10 if i else 0))
        if ask in ("profit_only", "loss") and i % 2:
            cost, sale = sale, cost
        arguments.append((cost, sale))
        if ask == "stock":
            arguments[-1] = (choose.integer(1, 50), cost // 10, sale // 10, choose.integer(0, 30))
    arguments.append((40, 55) if ask != "stock" else (10, 5, 8, 3))
    arguments.append((80, 62) if ask != "stock" else (4, 9, 7, 1))
    return Exercise(
        texts=(*texts, _MORE_PROFIT_AND_LOSS[ask]),
        names={
            "profit": ("profit", "gain", "find_profit"),
            "profit_only": ("profit_or_zero", "profit_amount", "positive_profit"),
            "loss": ("loss_amount", "find_loss", "loss_or_none"),
            "name": ("profit_or_loss", "result_of_sale", "kind_of_trade"),
            "percent": ("profit_percent", "gain_percent", "percentage_gain"),
            "stock": ("share_profit", "stock_gain", "total_gain"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={**_NAMES, "fee": ("charge", "costs", "f"), "count": ("n", "shares", "num")},
    )


_BILLS = {
    "split": (
        ("split a bill evenly among <people> people",
         "find what each of some people pays if they share a bill",
         "Given a bill and a number of people, return the share of each person."),
        "bill, people", "bill / people",
    ),
    "split_with_tip": (
        ("split a bill with a tip of <tip> percent among <people> people",
         "find each person's share of a bill if a tip in percent is added first",
         "Given a bill, a tip in percent and a number of people, return what each one pays."),
        "bill, tip, people", "(bill + bill * tip / 100) / people",
    ),
    "wages": (
        ("find the weekly wage for <hours> hours at <wage> an hour, where hours over 40 count one "
         "and a half times",
         "compute the pay for a week: each hour beyond 40 is paid 1.5 times the hourly wage",
         "Given the hours worked and the hourly wage, return the pay, with overtime above 40 hours "
         "at 1.5 times the wage."),
        "hours, wage", "hours * wage + max(hours - 40, 0) * wage * 0.5",
    ),
    "taxi": (
        ("find the price of a taxi ride: <base> for starting and <price> for each kilometer",
         "compute a taxi fare from the basic fee, the price per kilometer and the distance",
         "Given a basic fee, a price per kilometer and a whole number of kilometers, return the "
         "fare."),
        "base, price, distance", "base + price * distance",
    ),
    "phone": (
        ("find a phone bill: <base> a month includes <free> minutes, and each further minute costs "
         "<price>",
         "compute the cost of a phone plan from the monthly fee, the free minutes, the price of "
         "other minutes and the minutes used",
         "Given the monthly fee, the number of free minutes, the price per extra minute and the "
         "minutes used, return the bill."),
        "base, free, price, minutes", "base + price * max(minutes - free, 0)",
    ),
    "shipping": (
        ("add shipping costs of <fee> to an order unless it is worth at least <limit>",
         "find the total of an order: shipping is free from a limit on, otherwise it costs a fee",
         "Given the value of an order, a shipping fee and the value from which shipping is free, "
         "return the total."),
        "amount, fee, limit", "amount if amount >= limit else amount + fee",
    ),
    "free_items": (
        ("find the price of <n> items at <price> each if every third one is free",
         "compute what n equal things cost in an offer 'buy two, get one free'",
         "Given a number of items and the price of one, return the total when each third item is "
         "free."),
        "n, price", "(n - n // 3) * price",
    ),
    "bulk": (
        ("find the price of <n> items at <price> each, with 10 percent off for 10 items or more, "
         "rounded to 2 digits",
         "compute an order's price; from 10 pieces on everything is 10 percent cheaper (round to "
         "cents)",
         "Given a number of items and the price of one, return the total, reduced by 10 percent if "
         "there are at least 10 items, rounded to 2 digits."),
        "n, price", "round(n * price * 0.9, 2) if n >= 10 else round(n * price * 1.0, 2)",
    ),
}  # fmt: skip

_BILLS_WRITTEN_OUT = {
    "wages": "def solve(hours, wage):\n    if hours <= 40:\n        return hours * wage * 1.0\n"
    "    return 40 * wage + (hours - 40) * wage * 1.5",
    "phone": "def solve(base, free, price, minutes):\n    if minutes <= free:\n"
    "        return base\n    return base + (minutes - free) * price",
    "shipping": "def solve(amount, fee, limit):\n    if amount < limit:\n        amount += fee\n"
    "    return amount",
    "free_items": "def solve(n, price):\n    total = 0\n    for i in range(1, n + 1):\n"
    "        if i % 3 != 0:\n            total += price\n    return total",
    "bulk": "def solve(n, price):\n    total = n * price * 1.0\n    if n >= 10:\n"
    "        total = n * price * 0.9\n    return round(total, 2)",
}


_MORE_BILLS_AND_WAGES = {
    "split": "How much does each person pay if a bill is shared equally?",
    "split_with_tip": (
        "How much does each person pay if a tip of <tip> percent is added to a bill and "
        "all is shared equally?"
    ),
    "wages": (
        "I worked some hours this week. Return my pay if every hour over 40 is paid one and a "
        "half times."
    ),
    "taxi": (
        "How much is a taxi ride? Given are the base price, the price per kilometer and the "
        "kilometers."
    ),
    "phone": (
        "How high is the phone bill? Given are the monthly fee, the free minutes, the price "
        "of further minutes and all minutes used."
    ),
    "shipping": "find the total of an order; the shipping fee is added only below the limit",
    "free_items": "How much do <n> items cost if I pay only two of every three?",
    "bulk": "compute price of <n> items with 10 percent off from 10 items on, rounded to 2 digits",
}


@family(ask=tuple(_BILLS))
def bills_and_wages(choose: Chooser, ask: str) -> Exercise:
    """Compute bills, fares and wages."""
    texts, parameters, expression = _BILLS[ask]
    arguments: list[tuple[int, ...]] = []
    for _ in range(6):
        bill, people = choose.integer(10, 300), choose.integer(2, 7)
        arguments.append({
            "split": (bill, people),
            "split_with_tip": (bill, choose.integer(1, 4) * 5, people),
            "wages": (choose.integer(20, 60), choose.integer(10, 35)),
            "taxi": (choose.integer(2, 6), choose.integer(1, 4), choose.integer(1, 40)),
            "phone": (bill // 10 + 5, people * 20, people, choose.integer(20, 300)),
            "shipping": (bill, choose.integer(3, 12), choose.integer(2, 15) * 10),
            "free_items": (choose.integer(1, 14), choose.integer(2, 25)),
            "bulk": (choose.integer(1, 25), choose.integer(2, 40)),
        }[ask])  # fmt: skip
    return Exercise(
        texts=(*texts, _MORE_BILLS_AND_WAGES[ask]),
        names={
            "split": ("split_bill", "share_of_bill", "pay_each"),
            "split_with_tip": ("split_with_tip", "share_with_tip", "each_pays"),
            "wages": ("weekly_wage", "pay_with_overtime", "compute_pay"),
            "taxi": ("taxi_fare", "ride_price", "fare"),
            "phone": ("phone_bill", "monthly_bill", "plan_cost"),
            "shipping": ("order_total", "with_shipping", "add_shipping"),
            "free_items": ("buy_two_get_one", "price_with_free_items", "offer_price"),
            "bulk": ("bulk_price", "order_price", "price_with_bulk_discount"),
        }[ask],
        solutions=(
            _returns(parameters, expression),
            _BILLS_WRITTEN_OUT.get(ask, _stepwise(parameters, "result", expression)),
        ),
        arguments=arguments,
        synonyms={
            **_NAMES,
            "base": ("start", "fixed", "basic_fee"),
            "distance": ("km", "d", "kilometers"),
            "minutes": ("used", "m", "mins"),
            "limit": ("free_from", "threshold", "minimum"),
        },
    )


_TIERS = {
    "electricity": (
        "the cost of electricity: the first 100 units cost 2 each, the next 200 cost 3 each, and "
        "all above 300 cost 5 each",
        ((100, 2), (300, 3), (None, 5)),
    ),
    "water": (
        "a water bill: 1 for each of the first 50 cubic meters, 2 for each of the next 50, and 4 "
        "for each one above 100",
        ((50, 1), (100, 2), (None, 4)),
    ),
    "parking": (
        "a parking fee: the first 2 hours are free, each of the next 3 hours costs 2, and each "
        "hour after the fifth costs 1",
        ((2, 0), (5, 2), (None, 1)),
    ),
    "commission": (
        "a seller's commission: nothing for the first 10 sales, 5 for each sale from the 11th to "
        "the 30th, and 8 for each further one",
        ((10, 0), (30, 5), (None, 8)),
    ),
}  # fmt: skip


@family(kind=tuple(_TIERS))
def price_in_steps(choose: Chooser, kind: str) -> Exercise:
    """Compute a price whose rate changes in steps."""
    what, ((first, low), (second, middle), (_, high)) = _TIERS[kind]
    unit = {"electricity": "units", "water": "volume", "parking": "hours", "commission": "sales"}
    name = unit[kind]
    base = first * low
    top = base + (second - first) * middle
    return Exercise(
        texts=(
            f"compute {what}",
            f"Given a whole number of {name if name != 'volume' else 'cubic meters'}, return "
            f"{what}.",
            f"find {what}",
            f"Write a function that returns {what}.",
        ),
        names={
            "electricity": ("electricity_bill", "power_cost", "electricity_cost"),
            "water": ("water_bill", "water_cost", "bill_for_water"),
            "parking": ("parking_fee", "parking_cost", "fee_for_parking"),
            "commission": ("commission", "sales_commission", "seller_bonus"),
        }[kind],
        solutions=(
            f"""
            def solve({name}):
                if {name} <= {first}:
                    return {name} * {low}
                if {name} <= {second}:
                    return {base} + ({name} - {first}) * {middle}
                return {top} + ({name} - {second}) * {high}
            """,
            f"""
            def solve({name}):
                total = 0
                for number in range(1, {name} + 1):
                    if number <= {first}:
                        total += {low}
                    elif number <= {second}:
                        total += {middle}
                    else:
                        total += {high}
                return total
            """,
        ),
        arguments=[
            (choose.integer(1, first),),
            (choose.integer(first + 1, second),),
            (choose.integer(first + 1, second),),
            (choose.integer(second + 1, 2 * second),),
            (choose.integer(second + 1, 2 * second),),
            (choose.one_of((0, first, second)),),
        ],
        synonyms={name: ("n", "amount", "used", "x")},
    )


_CHANGE = {
    "count": (
        ("count the coins that are needed at least to pay <amount> with coins of the values 25, "
         "10, 5 and 1",
         "find the smallest number of coins (25, 10, 5, 1) that make up an amount",
         "Given an amount in cents, return how many quarters, dimes, nickels and pennies are "
         "needed together, as few as possible."),
        ("def solve(amount):\n    count = 0\n    for coin in (25, 10, 5, 1):\n"
         "        count += amount // coin\n        amount %= coin\n    return count",
         "def solve(amount):\n    return amount // 25 + amount % 25 // 10 + amount % 25 % 10 // 5 "
         "+ amount % 5"),
    ),
    "dict": (
        ("pay an amount with as few coins of 25, 10, 5 and 1 as possible, and return a dictionary "
         "from coin to count (only coins that are used, largest first)",
         "break <amount> into coins of 25, 10, 5 and 1: return a dict that maps each coin needed "
         "to its number",
         "Given an amount in cents, return the change as a dictionary {coin: count} with the "
         "fewest coins; leave out unused coins."),
        ("def solve(amount):\n    result = {}\n    for coin in (25, 10, 5, 1):\n"
         "        if amount >= coin:\n            result[coin] = amount // coin\n"
         "            amount %= coin\n    return result",),
    ),
    "list": (
        ("pay an amount with as few coins of 50, 20, 10, 5, 2 and 1 as possible, and return the "
         "list of coins, largest first",
         "list the coins (50, 20, 10, 5, 2, 1) that make up <amount>, always taking the largest "
         "that fits",
         "Given an amount, return the coins of the change in falling order, with as few coins as "
         "possible; coins are 50, 20, 10, 5, 2 and 1."),
        ("def solve(amount):\n    result = []\n    for coin in (50, 20, 10, 5, 2, 1):\n"
         "        while amount >= coin:\n            result.append(coin)\n"
         "            amount -= coin\n    return result",
         "def solve(amount):\n    result = []\n    for coin in (50, 20, 10, 5, 2, 1):\n"
         "        result += [coin] * (amount // coin)\n        amount %= coin\n"
         "    return result"),
    ),
    "given_coins": (
        ("count the coins needed to pay <amount> if one always takes the largest coin of a list "
         "that fits; the list contains 1",
         "find how many coins the greedy way of paying an amount with given coins uses",
         "Given an amount and a list of coin values (1 is among them), take the largest possible "
         "coin again and again and return the number of coins."),
        ("def solve(amount, coins):\n    count = 0\n"
         "    for coin in sorted(coins, reverse=True):\n        count += amount // coin\n"
         "        amount %= coin\n    return count",
         "def solve(amount, coins):\n    count = 0\n    while amount > 0:\n"
         "        amount -= max(coin for coin in coins if coin <= amount)\n"
         "        count += 1\n    return count"),
    ),
    "back": (
        ("find the change, as a list of notes and coins of 20, 10, 5, 2 and 1 from large to small, "
         "for paying <price> with <paid>",
         "return the notes and coins (20, 10, 5, 2, 1) that one gets back after paying a price "
         "with a larger amount",
         "Given a price and the amount paid, return the change with as few pieces as possible: a "
         "list of values from 20, 10, 5, 2 and 1, largest first."),
        ("def solve(price, paid):\n    rest = paid - price\n    result = []\n"
         "    for value in (20, 10, 5, 2, 1):\n        while rest >= value:\n"
         "            result.append(value)\n            rest -= value\n    return result",),
    ),
}  # fmt: skip


_MORE_CHANGE_IN_COINS = {
    "count": "How many coins (25, 10, 5, 1) do I need at least for an amount?",
    "dict": (
        "I need an amount in coins of 25, 10, 5 and 1, as few as possible. Return how many of "
        "each as a dict, without zeros."
    ),
    "list": (
        "make change with the coins 50, 20, 10, 5, 2 and 1 and return the coins from large to small"
    ),
    "given_coins": (
        "How many coins are used if the largest fitting coin of the list is taken each time?"
    ),
    "back": (
        "I pay a price with more money. Which notes and coins (20, 10, 5, 2, 1) do I get "
        "back? Return them from large to small."
    ),
}


@family(ask=tuple(_CHANGE))
def change_in_coins(choose: Chooser, ask: str) -> Exercise:
    """Give change with few coins."""
    texts, solutions = _CHANGE[ask]
    arguments: list[tuple[object, ...]] = []
    for i in range(6):
        amount = choose.integer(1, 120) if i else choose.one_of((0, 25, 50))
        if ask == "given_coins":
            coins = [1, *choose.sample((2, 3, 5, 7, 10, 12, 20, 25), (1, 3))]
            arguments.append((amount, choose.shuffled(coins)))
        elif ask == "back":
            price = choose.integer(1, 60)
            arguments.append((price, price + choose.integer(0, 50)))
        else:
            arguments.append((amount,))
    return Exercise(
        texts=(*texts, _MORE_CHANGE_IN_COINS[ask]),
        names={
            "count": ("count_coins", "min_coins", "number_of_coins"),
            "dict": ("coin_counts", "make_change", "change_dict"),
            "list": ("coins_for", "pay_with_coins", "list_of_coins"),
            "given_coins": ("greedy_coins", "count_given_coins", "coins_needed"),
            "back": ("give_change", "change_back", "return_change"),
        }[ask],
        solutions=solutions,
        arguments=arguments,
        synonyms={**_NAMES, "coin": ("c", "piece", "worth"), "coins": ("values", "denominations")},
    )
