//! A sheet of cells, wherever it came from.

/// What a spreadsheet or a CSV file holds, before anybody says what it means.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The titles of the columns.
    pub header: Vec<String>,
    /// The line of the file on which the titles stand, counted from 1.
    pub header_line: u32,
    /// The lines below, without those that are all empty.
    pub rows: Vec<Row>,
    /// What the reader had to guess, as a sentence for whoever checks the result.
    pub note: Option<String>,
    /// The sheet of the workbook, or the part of the package; nothing for a file that is a single list.
    pub sheet: Option<String>,
    /// Areas of merged cells, as "A2:A4" with the line they begin on; a spreadsheet fills only the first of them.
    pub merged: Vec<(u32, String)>,
}

/// One line below the titles.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The line of the file, counted from 1 as a spreadsheet does.
    pub line: u32,
    /// Its cells from the left; may be fewer or more than there are titles.
    pub cells: Vec<Cell>,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Anything written.
    Text(String),
    /// A number that the spreadsheet holds as a number.
    Number(f64),
    /// A time of day that the spreadsheet holds as a time: minutes since midnight.
    Time(u16),
    /// A day, or a day and a time, that the spreadsheet holds as a date.
    Date,
    /// Nothing, or only spaces.
    Empty,
    /// A formula; its result is not trusted.
    Formula,
    /// Something that a staff file cannot hold, as the spreadsheet shows it, such as "#N/A".
    Bad(String),
}

impl Cell {
    /// The cell as somebody looking for it in the file would see it, at most 80 characters.
    pub fn as_written(&self) -> String {
        match self {
            Self::Text(text) | Self::Bad(text) => text.chars().take(80).collect(),
            Self::Number(number) => number.to_string(),
            Self::Time(minute) => format!("{:02}:{:02}", minute / 60, minute % 60),
            Self::Date => "a date".to_owned(),
            Self::Empty => String::new(),
            Self::Formula => "a formula".to_owned(),
        }
    }
}

/// The letter of a column counted from 0, as a spreadsheet writes it: 0 is A, 26 is AA.
pub fn letter(index: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = index + 1;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).unwrap_or(0);
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_carry_the_letters_of_a_spreadsheet() {
        for (index, letters) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")] {
            assert_eq!(letter(index), letters);
        }
    }
}
