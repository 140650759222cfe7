from obskit.rules import Alert

down = Alert(name="ShopDown", expr='up{job="shop"} == 0', for_="5m", severity="critical", summary="The shop is down",
             description="1e3 of {{ $labels.instance }}:\nlook at it.", labels={"tier": "1e3"}, runbook="https://runbooks.example.com/ShopDown")
