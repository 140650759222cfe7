from rules_src.catalog.shop import request
