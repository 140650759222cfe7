"""Financial: what was invoiced, at which quality level, and what an invoice or an hour is worth."""

from dashboards_src.quality_billing._shared import APPROXIMATE, FINANCIAL, LEVEL_COLOURS, WHOLE, board
from obskit.dashboards import bar_gauge, override, pie, query, row, stat, table, timeseries
from rules_src.catalog.quality_billing import average_hourly_rate, invoice_amount, invoices_generated, total_amount

by_level = total_amount.increase(WHOLE).sum(by="quality_level")
invoices_by_level = invoices_generated.increase(WHOLE).sum(by="quality_level")

financial = board(
    "Financial",
    uid=FINANCIAL,
    description="Revenue, invoices and rates.",
    time="30d",
    refresh="30s",
    panels=[
        row(
            "Overview (approx.)",
            [
                stat(
                    "Monthly Revenue",
                    total_amount.increase("30d").sum() / 100,
                    description=f"Amount invoiced in the last 30 days, whatever the time range. {APPROXIMATE} "
                    "Needs a retention of more than 30 days; with less it shows what is left.",
                    unit="currencyUSD",
                    decimals=0,
                ),
                stat(
                    "Average Invoice",
                    total_amount.increase(WHOLE).sum() / invoices_generated.increase(WHOLE).sum().guarded() / 100,
                    description=f"Amount of an invoice, on average over the time range. {APPROXIMATE} "
                    "Falling while the rates stand, invoices got smaller.",
                    unit="currencyUSD",
                    decimals=2,
                ),
                stat(
                    "Invoice p90",
                    invoice_amount.quantile(0.9, window=WHOLE) / 100,
                    description=f"Nine of ten invoices are smaller. {APPROXIMATE} It is read off buckets: good for orders of magnitude. "
                    "Far above the average, few clients carry the revenue.",
                    unit="currencyUSD",
                    decimals=2,
                ),
                stat(
                    "Invoices",
                    invoices_generated.increase(WHOLE).sum(),
                    description="Invoices written in the time range (approx.). None while tasks are completed: the invoicing run is stuck.",
                    unit="short",
                    decimals=0,
                ),
                timeseries(
                    "Daily Revenue",
                    query(total_amount.increase("1d").sum() / 100, legend="Revenue of the day"),
                    description=f"Amount invoiced in the 24 hours before each bar. {APPROXIMATE} Gaps on working days are missing runs.",
                    unit="currencyUSD",
                    min=0,
                    color="green",
                    draw="bars",
                    interval="1d",
                ),
                timeseries(
                    "Invoice Rate",
                    query(invoices_generated.rate().sum() * 3600, legend="Invoices per hour"),
                    description="Invoices written per hour (approx.). Peaks are invoicing runs; a level line means they go out one by one.",
                    unit="suffix: /h",
                    min=0,
                    color="blue",
                ),
            ],
        ),
        row(
            "By quality level (approx.)",
            [
                pie(
                    "Revenue by Quality Level",
                    by_level / 100,
                    description=f"Amount invoiced in the time range, by quality level of the work. {APPROXIMATE} "
                    "Poor work that brings much revenue will come back as complaints.",
                    unit="currencyUSD",
                    decimals=0,
                    overrides=LEVEL_COLOURS,
                ),
                bar_gauge(
                    "Revenue Share by Quality Level",
                    query(by_level.op("/", total_amount.increase(WHOLE).sum(), on=(), group_left=()), legend="{{quality_level}}"),
                    description=f"Share of each quality level in the revenue of the time range. {APPROXIMATE} Compare it with the mix of "
                    "assessments: a level that is rarer here is paid less.",
                    unit="percentunit",
                    decimals=1,
                    min=0,
                    max=1,
                    overrides=LEVEL_COLOURS,
                ),
                bar_gauge(
                    "Average Invoice by Quality Level",
                    by_level / invoices_by_level.guarded() / 100,
                    description=f"Mean amount of an invoice, by quality level. {APPROXIMATE} Better work should be worth more.",
                    unit="currencyUSD",
                    decimals=2,
                    overrides=LEVEL_COLOURS,
                ),
                bar_gauge(
                    "Invoices by Quality Level",
                    invoices_by_level,
                    description="Invoices written in the time range, by quality level (approx.). Puts the amounts above in proportion.",
                    unit="short",
                    decimals=0,
                    overrides=LEVEL_COLOURS,
                    width=12,
                ),
                table(
                    "Hourly Rate",
                    average_hourly_rate.avg(by="quality_level") / 100,
                    description="Pay for an hour of work, by quality level, as the service itself averages it (approx.). "
                    "A rate that differs from the agreed one is wrong in the configuration.",
                    unit="currencyUSD",
                    decimals=2,
                    rename={"quality_level": "Quality level", "Value": "Hourly rate"},
                    overrides=[override("Value", custom__align="right")],
                ),
            ],
        ),
    ],
)
