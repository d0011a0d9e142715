# Why something is recommended.
recommend-first = a friendly customer and one product to talk about: a good first one.
recommend-untried = you have not sold this one yet, and it is close to what you just did.
recommend-not-clarified = in { $missed } of your last { $attempts } attempts you answered an objection before asking what was behind it. This customer raises three, so you get three chances.
