# Catalogue
catalogue-refused = The catalogue could not be read
catalogue-product-refused = This product could not be opened
catalogue-search = Name or SKU
catalogue-search-label = Search the catalogue
catalogue-products = Products
catalogue-none = No product goes by that.
catalogue-line = { $category }, { $sku }, { $line }
catalogue-sample-note = Sample: not in the store’s list, for practice only
catalogue-practise = Practice selling it
catalogue-practise-note = { $n ->
    [one] One customer
   *[other] { $n } customers
 } to choose from
catalogue-choose = Pick a product on the left
catalogue-prices = Prices
catalogue-does = What it does for a customer
catalogue-true = What you can say
catalogue-avoid = Claims to avoid
catalogue-avoid-none = None on file for this product.
catalogue-objections = Objections you will hear
catalogue-objections-note = A shape to put in your own words, not a script
catalogue-one-way = One way
catalogue-another-way = Another way
catalogue-tips = Tips from the floor
catalogue-policies = Store policies, for every product
catalogue-store = What the store promises
catalogue-store-not = What the store does not promise
