from contract.signals.pets import fed
from obskit.rules import Alert

hungry = Alert(
    name="NobodyFed",
    expr=fed.rate().sum().over("1h").eq(0),
    for_="10m",
    severity="warning",
    summary="No animal was fed",
    description="For an hour no animal was fed.",
)
