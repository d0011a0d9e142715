use super::*;

fn read(text: &str) -> Vec<String> {
    let stems = Stems::new();
    let said = Utterance::read(text, &stems);
    said.words.iter().map(|word| text[word.from as usize..word.to as usize].to_owned()).collect()
}

#[test]
fn words_keep_their_place_in_the_text() {
    assert_eq!(read("Don’t — it's $119.00!"), ["Don’t", "Don’t", "it's", "it's", "119.00"]);
}
