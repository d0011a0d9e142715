# Why something is recommended.
recommend-first = a friendly customer and one product to talk about: a good first one.
recommend-not-clarified = in { $missed } of your last { $attempts } attempts you answered an objection before asking what was behind it. This customer raises three, so you get three chances.
