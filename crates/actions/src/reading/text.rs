//! From bytes to text: UTF-8, UTF-16 with a byte order mark, or the Windows-1252 of older exports.

use super::Why;

const GUESSED: &str = "The file is not UTF-8 and was read as Windows-1252: check that names with accents look right.";

/// The text, and what had to be guessed.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<String>), Why> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Ok((String::from_utf8(rest.to_vec()).map_err(|_| Why::NotText)?, None)),
        [0xFF, 0xFE, rest @ ..] => Ok((utf_16(rest, u16::from_le_bytes)?, None)),
        [0xFE, 0xFF, rest @ ..] => Ok((utf_16(rest, u16::from_be_bytes)?, None)),
        _ if bytes.contains(&0) => Err(Why::NotText),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => Ok((text.to_owned(), None)),
            Err(_) => Ok((windows_1252(bytes)?, Some(GUESSED.to_owned()))),
        },
    }
    .and_then(|(text, note)| if is_text(&text) { Ok((text, note)) } else { Err(Why::NotText) })
}

fn utf_16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, Why> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(Why::NotText);
    }
    char::decode_utf16(pairs.iter().map(|pair| unit(*pair))).collect::<Result<_, _>>().map_err(|_| Why::NotText)
}

fn windows_1252(bytes: &[u8]) -> Result<String, Why> {
    /// The characters of bytes 80 to 9F; a space where there is none.
    const HIGH: [char; 32] = [
        '€', ' ', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', ' ', 'Ž', ' ', //
        ' ', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', ' ', 'ž', 'Ÿ',
    ];
    let char_of = |byte: &u8| match byte {
        0x80..=0x9F => HIGH.get(usize::from(byte - 0x80)).copied().filter(|c| *c != ' '),
        other => Some(char::from(*other)),
    };
    bytes.iter().map(char_of).collect::<Option<String>>().ok_or(Why::NotText)
}

/// Whether hardly any control characters stand in it; single ones are told later, with their cell.
fn is_text(text: &str) -> bool {
    let strange = text.chars().filter(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')).count();
    !text.contains('\0') && strange * 100 <= text.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encodings_of_spreadsheets_are_told_apart() {
        let text = "Name,Área\nZoë €5 “quoted”";
        let utf_16 = |mark: [u8; 2], unit: fn(u16) -> [u8; 2]| {
            mark.into_iter().chain(text.encode_utf16().flat_map(unit)).collect()
        };
        let with_mark: Vec<u8> = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            with_mark,
            utf_16([0xFF, 0xFE], u16::to_le_bytes),
            utf_16([0xFE, 0xFF], u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes), Ok((text.to_owned(), None)));
        }
        let (read, note) = decode(b"Name,\xC1rea\nZo\xEB \x805 \x93quoted\x94").unwrap();
        assert_eq!((read.as_str(), note.as_deref()), (text, Some(GUESSED)));
    }

    #[test]
    fn bytes_that_are_no_text_are_refused() {
        for bytes in [
            &b"Name\0Area"[..],
            b"N\0a\0m\0e\0",
            b"\xEF\xBB\xBFcaf\xE9",
            b"\xFF\xFEN",
            b"\xFF\xFE\x00\xD8A\x00",
            b"caf\xE9 \x81",
            b"\x01\x02\x03\x04\x05",
            b"\xFF\xFE\0\0",
        ] {
            assert_eq!(decode(bytes), Err(Why::NotText), "{bytes:?}");
        }
    }
}
