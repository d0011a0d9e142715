<<<<<<< HEAD
# Why a scenario is recommended.
recommend-first = A good first customer: one doubt, and they tell you what they need if you ask.
recommend-easy =
    { $count ->
        [1] Your last score was { $average }.
       *[other] Your last { $count } scores average { $average }.
    } An easy customer gives you room to get the basics right{ $tried ->
        [no] , and you have not sold { $product } yet.
       *[other] .
    }
recommend-medium =
    { $count ->
        [1] Your last score was { $average }.
       *[other] Your last { $count } scores average { $average }.
    } You are ready for a customer with two or three doubts{ $tried ->
        [no] , and { $product } is new to you.
       *[other] .
    }
recommend-hard =
    { $count ->
        [1] Your last score was { $average }.
       *[other] Your last { $count } scores average { $average }.
    } A hard customer will tell you little unless you ask well{ $tried ->
        [no] , and { $product } is new to you.
       *[other] .
    }
=======
# Why something is recommended.
recommend-first = a friendly customer and one product to talk about: a good first one.
recommend-untried = you have not sold this one yet, and it is close to what you just did.
recommend-not-clarified = in { $missed } of your last { $attempts } attempts you answered an objection before asking what was behind it. This customer raises three, so you get three chances.
>>>>>>> refs/heads/ui
