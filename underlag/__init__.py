"""From a filled-in Underlag workbook to checked orders for Sweden's national service platform.

The whole way in four steps, each a plain function:

    reading = underlag.read(path, options)
    checked = underlag.check(reading, options)
    orders = underlag.make_orders(checked)
    package = underlag.write_package(checked, orders, folder)
"""
