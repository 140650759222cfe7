from obskit.dashboards import dashboard, row, timeseries


def wrong(name):
    return timeseries(
        f"Wrong {name}",
        f"sum(rate(wrong_{name}_total[$__rate_interval]))",
        unit="reqps",
        description="Made by a function.",
    )


in_a_loop = []
for each in ("a", "b"):
    in_a_loop.append(
        timeseries(f"Loop {each}", f"sum(rate(loop_{each}_total[$__rate_interval]))", unit="reqps", description="Made in a loop.")
    )

many = dashboard("Many", uid="many", tags=("shop",), description="Panels made in a loop and by a function.", panels=[
    row("Loop", in_a_loop),
    row("Function", [
        wrong("first"),
        wrong("second"),
    ]),
])
