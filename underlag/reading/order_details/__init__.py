"""Order details: environment, date, case number and contacts, from every place that states them."""
