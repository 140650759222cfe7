from obskit.dashboards import dashboard, stat

analytics = dashboard(
    "Quality Analytics",
    uid="quality-billing-quality-analytics",
    description="How good the work is.",
    tags=("quality-billing",),
    panels=[
        stat(
            "Median Improvement",
            "avg(quality_billing_quality_improvement_rate)",
            unit="percentunit",
            description="Change from one assessment to the next.",
        ),
    ],
)
