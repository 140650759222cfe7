from obskit.notify import Email, Receiver, Route

root = Route(Receiver("nobody"), routes=(Route(Receiver("ops", Email("ops@example.com")), match={"severity": "critical"}),))
