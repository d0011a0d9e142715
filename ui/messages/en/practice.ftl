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
