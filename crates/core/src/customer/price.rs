//! Amounts of money as people say them.

/// The amounts in a text, in US cents: `$119.99`, `119`, `a hundred and nineteen`, `one nineteen`, `seventy-nine ninety-nine`.
pub(super) fn amounts_cents(text: &str) -> Vec<i64> {
    let text = text.to_lowercase();
    let mut amounts = digits(&text);
    amounts.extend(spoken(&text));
    amounts
}

fn digits(text: &str) -> Vec<i64> {
    let number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',');
    text.split(|c: char| !number(c))
        .filter_map(|part| {
            let part = part.trim_matches(['.', ',']).replace(',', "");
            let (whole, rest) = part.split_once('.').unwrap_or((&part, ""));
            let cents = if rest.len() == 2 { rest.parse::<i64>().ok()? } else { 0 };
            // Nobody sells anything here for ten million dollars.
            whole.parse::<i64>().ok().filter(|dollars| *dollars < 10_000_000).map(|dollars| dollars * 100 + cents)
        })
        .collect()
}

fn spoken(text: &str) -> Vec<i64> {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !matches!(*word, "" | "and" | "dollars" | "bucks")).collect();
    let counts = |word: &&str| number(word).is_some() || *word == "hundred";
    words.split(|word| !counts(word)).filter_map(value).collect()
}

/// One amount from the number words that stand together: "seventy nine" "ninety nine", "one" "nineteen".
pub(super) fn value(words: &[&str]) -> Option<i64> {
    let mut groups: Vec<i64> = Vec::new();
    let mut last = 0;
    for word in words {
        if *word == "hundred" {
            match groups.last_mut() {
                Some(group) if *group < 10 => *group *= 100,
                _ => groups.push(100),
            }
            last = 100;
            continue;
        }
        let value = number(word)?;
        match groups.last_mut() {
            Some(group) if last >= 20 && value < last => *group += value,
            _ => groups.push(value),
        }
        last = value;
    }
    match groups.as_slice() {
        [] => None,
        [dollars] => Some(dollars * 100),
        // "one nineteen", "two forty nine": hundreds; "seventy nine ninety nine": cents.
        [few, rest, cents @ ..] if *few < 10 && (10..100).contains(rest) => Some((few * 100 + rest) * 100 + cents.first().unwrap_or(&0)),
        [dollars, cents, ..] if *cents < 100 => Some(dollars * 100 + cents),
        [dollars, ..] => Some(dollars * 100),
    }
}

pub(super) fn number(word: &str) -> Option<i64> {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let small = ONES.iter().position(|name| *name == word);
    let place = small.or_else(|| TENS.iter().position(|name| *name == word).map(|at| (at + 2) * 10))?;
    i64::try_from(place).ok()
}

/// An amount as a customer says it: `$119`, `$79.99`.
pub(super) fn shown(cents: i64) -> String {
    if cents % 100 == 0 { format!("${}", cents / 100) } else { format!("${}.{:02}", cents / 100, cents.abs() % 100) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_understood_as_people_say_them() {
        for (text, cents) in [
            ("$119.99", 11_999),
            ("119 dollars", 11_900),
            ("it is a hundred and nineteen", 11_900),
            ("one nineteen", 11_900),
            ("two forty-nine ninety-nine", 24_999),
            ("seventy-nine ninety-nine", 7_999),
            ("two hundred and fifty dollars", 25_000),
            ("$1,299.50", 129_950),
            ("this one is a hundred and forty nine ninety nine", 14_999),
            ("five ninety nine", 59_900),
        ] {
            assert!(amounts_cents(text).contains(&cents), "{text}: {:?}", amounts_cents(text));
        }
        assert_eq!(amounts_cents("no idea"), Vec::<i64>::new());
        assert_eq!(amounts_cents("9999999999999999999999 ... ,,, $"), Vec::<i64>::new());
    }
}
