from obskit.notify import DingTalk, Inhibit, MuteTime, Period, Receiver, Route

ops = Receiver("ops", DingTalk(bridge="http://bridge:8060/dingtalk/ops/send"))
night_shift = Receiver("night-shift", DingTalk(bridge="http://bridge:8060/dingtalk/night/send"))
ops_again = Receiver("ops", DingTalk(bridge="http://bridge:8060/dingtalk/other/send"))
weekend = MuteTime("weekend", Period(weekdays=("sat", "sun")))
critical = Route(ops, match={"severity": "critical"})
root = Route(
    ops,
    routes=(
        critical,
        Route(ops, match={"severity": "critical", "job": "shop"}),
        Route(ops, match={"sevrity": "warning"}),
        Route(ops, match={"severity": "warn"}),
    ),
)
other_root = Route(night_shift)
quiet = Inhibit(source={"alertname": "ShopsDown"}, target={"job": "shop"})
