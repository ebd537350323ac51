//! Brazil's Pix: Banco Central do Brasil, "Manual de Padrões para Iniciação do Pix", static BR Code.
//!
//! An EMVCo payload with `br.gov.bcb.pix` and the key in object 26, in real, and the payment's reference as `txid` in
//! object 62-05.

use super::emvco;
use super::field::{Fields, Wrong, line};
use super::{Centre, PaymentCode, PaymentCodeError, PaymentReference, Scheme};
use crate::front_desk::money::Money;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;
use uuid::Uuid;

/// A key of Pix that is paid to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PixPayee {
    /// A key of the directory of Pix (DICT), as it stands there.
    key: String,
    /// At most 25 characters, without accents.
    name: String,
    /// At most 15 characters, without accents.
    city: String,
    /// What the payer reads beside the amount, without accents.
    information: Option<String>,
}

/// Centavos: object 54 has 13 characters.
const MOST: i64 = 999_999_999_999;
/// What object 26 holds beside the name of the scheme: 99 characters, of which 18 are the name's, 4 the key's tag and
/// length, and 4 the information's.
const KEY_AND_INFORMATION: usize = 99 - 18 - 4 - 4;

impl PixPayee {
    pub(super) const FIELDS: &'static [&'static str] = &["key", "name", "city", "information"];

    pub(super) fn read(fields: &mut Fields<'_>) -> Option<Self> {
        let key = fields.needed(
            "key",
            "the clinic's key of Pix: a CNPJ, CPF, e-mail, +55 telephone or random key",
            key,
        );
        let name = fields.needed("name", "the name that the payer sees", |text| plain(text, 25));
        let city = fields.needed("city", "the city of the clinic", |text| plain(text, 15));
        let information = fields.optional("information", |text| plain(text, 72));
        if let (Some(key), Some(Some(information))) = (&key, &information)
            && key.len() + information.len() > KEY_AND_INFORMATION
        {
            let most = KEY_AND_INFORMATION.saturating_sub(key.len());
            let wrong = format!("beside this key the code has room for {most} characters");
            fields.wrong("information", Wrong::new(wrong, "Shorten it, or remove the line."));
            return None;
        }
        Some(Self { key: key?, name: name?, city: city?, information: information? })
    }

    pub(super) fn code(
        &self,
        amount: Money,
        reference: PaymentReference,
    ) -> Result<PaymentCode, PaymentCodeError> {
        Scheme::Pix.payable(amount, MOST)?;
        let mut account = vec![(0, "br.gov.bcb.pix"), (1, self.key.as_str())];
        account.extend(self.information.as_deref().map(|text| (2, text)));
        let text = emvco::objects(&account).and_then(|account| {
            let additional = emvco::objects(&[(5, &reference.to_string())])?;
            emvco::payload(&[
                (26, &account),
                (52, "0000"),
                (53, "986"),
                (54, &amount.figures()),
                (58, "BR"),
                (59, &self.name),
                (60, &self.city),
                (62, &additional),
            ])
        });
        Ok(PaymentCode {
            text: text.map_err(|_| PaymentCodeError::TooLong(Scheme::Pix))?,
            centre: Centre::Nothing,
            payee: self.name.clone(),
            account: self.key.clone(),
            reference: reference.grouped(),
            amount,
        })
    }
}

/// A text without accents, in the letters that object 59 and 60 may have: those of ASCII.
fn plain(written: &str, most: usize) -> Result<String, Wrong> {
    let bare: String = written.nfkd().filter(|c| !is_combining_mark(*c)).collect();
    line(&bare, most, |c| c == ' ' || c.is_ascii_graphic())
}

/// A key as DICT keeps it: CPF and CNPJ without dots, the telephone with +55, an e-mail and a random key in small
/// letters.
fn key(written: &str) -> Result<String, Wrong> {
    let text = written.trim();
    let wrong = || {
        Wrong::new(
            format!("\"{text}\" is no key of Pix"),
            "Write a CNPJ or CPF with its check digits, an e-mail of at most 77 characters, a telephone like +5561912345678, or the random key with its dashes.",
        )
    };
    if let Some((name, domain)) = text.split_once('@') {
        let graphic = text.chars().all(|c| c.is_ascii_graphic());
        let whole =
            !name.is_empty() && domain.contains('.') && !domain.starts_with('.') && !domain.contains('@');
        return if graphic && whole && text.len() <= 77 {
            Ok(text.to_ascii_lowercase())
        } else {
            Err(wrong())
        };
    }
    if let Some(number) = text.strip_prefix('+') {
        let figures: String = number.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')')).collect();
        let right = figures.starts_with("55")
            && matches!(figures.len(), 12 | 13)
            && figures.bytes().all(|byte| byte.is_ascii_digit());
        return if right { Ok(format!("+{figures}")) } else { Err(wrong()) };
    }
    if text.len() == 36
        && let Ok(id) = Uuid::parse_str(text)
    {
        return Ok(id.hyphenated().to_string());
    }
    let compact: String = text.chars().filter(|c| !matches!(c, '.' | '-' | '/' | ' ')).collect();
    let compact = compact.to_ascii_uppercase();
    if is_cpf(&compact) || is_cnpj(&compact) { Ok(compact) } else { Err(wrong()) }
}

/// Eleven figures with two check digits modulo 11 (Receita Federal).
fn is_cpf(text: &str) -> bool {
    let figures = text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_digit());
    // All figures the same pass the sum and are given to nobody.
    let same = text.bytes().all(|byte| text.as_bytes().first() == Some(&byte));
    figures && !same && check_digits(text, |place| place as u32 + 2)
}

/// Twelve figures or capital letters (letters since July 2026: Instrução Normativa RFB 2.229/2024) and two check digits
/// modulo 11; a character counts as its place in ASCII less that of 0.
fn is_cnpj(text: &str) -> bool {
    let (Some(own), Some(check)) = (text.get(..12), text.get(12..)) else { return false };
    let plain = own.bytes().all(|byte| byte.is_ascii_digit() || byte.is_ascii_uppercase());
    let figures = check.len() == 2 && check.bytes().all(|byte| byte.is_ascii_digit());
    plain
        && figures
        && own.bytes().any(|byte| byte != b'0')
        && check_digits(text, |place| place as u32 % 8 + 2)
}

/// Whether the last two figures are what the weights, counted from the right, ask for.
fn check_digits(text: &str, weight: impl Fn(usize) -> u32) -> bool {
    [2, 1].into_iter().all(|from_the_end| {
        let (own, check) = text.split_at(text.len() - from_the_end);
        let sum: u32 =
            own.bytes().rev().enumerate().map(|(place, byte)| u32::from(byte - b'0') * weight(place)).sum();
        let digit = if sum % 11 < 2 { 0 } else { 11 - sum % 11 };
        check.starts_with(|c: char| c.to_digit(10) == Some(digit))
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{code, mistakes, money, payee};
    use super::*;
    use proptest::prelude::*;

    const CLINIC: &[(&str, &str)] = &[
        ("key", "123E4567-e12b-12d1-a456-426655440000"),
        ("name", "Clínica São João"),
        ("city", "Brasília"),
    ];

    #[test]
    fn the_manuals_example_is_read_and_written_again() {
        // "Manual de Padrões para Iniciação do Pix", static BR Code.
        let published = "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-426655440000\
                         5204000053039865802BR5913Fulano de Tal6008BRASILIA62070503***63041D3D";
        let all = emvco::read(published).unwrap();
        let own: Vec<_> = all.iter().map(|object| (object.tag, object.value.as_str())).collect();
        assert_eq!(emvco::payload(&own).unwrap(), published);
        let account = emvco::read_objects(&all[0].value).unwrap();
        assert_eq!(key(&account[1].value).ok().as_ref(), Some(&account[1].value));
    }

    #[test]
    fn the_code_stands_as_the_manual_says() {
        let code = code(Scheme::Pix, CLINIC, "BRL", "1250.00").text;
        assert!(
            code.starts_with(
                "00020126580014br.gov.bcb.pix0136123e4567-e12b-12d1-a456-42665544000052040000530398654071250.00\
                 5802BR5916Clinica Sao Joao6008Brasilia6220051600000000000000076304"
            ),
            "{code}"
        );
    }

    #[test]
    fn keys_are_kept_as_the_directory_has_them() {
        for (written, kept) in [
            ("123.456.789-09", "12345678909"),
            ("11.222.333/0001-81", "11222333000181"),
            // The example of the tax office for the CNPJ with letters.
            ("12.ABC.345/01DE-35", "12ABC34501DE35"),
            ("12.abc.345/01de-35", "12ABC34501DE35"),
            ("+55 (61) 91234-5678", "+5561912345678"),
            ("Caixa@Clinica.example", "caixa@clinica.example"),
        ] {
            assert_eq!(key(written).ok().as_deref(), Some(kept));
        }
        for wrong in [
            "",
            "12345678908",
            "11111111111",
            "11222333000182",
            "00000000000000",
            "12ABC34501DE36",
            "61912345678",
            "+1 202 555 0100",
            "a@b",
            "@b.example",
            "ação@clinica.example",
            "123e4567e12b12d1a456426655440000",
        ] {
            assert!(key(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn each_mistake_in_a_field_is_answered() {
        for (field, text, wrong, right) in [
            ("key", "clinic", "no key of Pix", "+5561912345678"),
            ("name", "Associação Hospitalar do Brasil", "31 characters", "to 25"),
            ("name", "诊所", "cannot carry", "other letters"),
            ("city", "São José dos Campos", "19 characters", "to 15"),
            ("information", &"x".repeat(50), "room for 37", "Shorten"),
        ] {
            let mut fields: Vec<_> = CLINIC.iter().filter(|(name, _)| *name != field).copied().collect();
            fields.push((field, text));
            let told = mistakes(Scheme::Pix, &fields);
            assert_eq!(told.len(), 1, "{field} {text}: {told:?}");
            assert!(told[0].wrong.contains(wrong) && told[0].right.contains(right), "{told:?}");
        }
        let reference = PaymentReference::of(Uuid::from_u128(7));
        for (currency, amount) in [("EUR", "1.00"), ("BRL", "0.00"), ("BRL", "10000000000.00")] {
            assert!(payee(Scheme::Pix, CLINIC).code(money(currency, amount), &reference).is_err());
        }
    }

    proptest! {
        #[test]
        fn whatever_is_paid_is_read_back(
            name in "[!-~]{1,25}", city in "[!-~]{1,15}", information in "[!-~]{1,37}", centavos in 1..=MOST, id: u128
        ) {
            let fields =
                [CLINIC[0], ("name", name.as_str()), ("city", city.as_str()), ("information", information.as_str())];
            let reference = PaymentReference::of(Uuid::from_u128(id));
            let amount = Money { minor: centavos, ..money("BRL", "1.00") };
            let code = payee(Scheme::Pix, &fields).code(amount, &reference).unwrap();
            let all = emvco::read(&code.text).unwrap();
            let value = |tag| all.iter().find(|object| object.tag == tag).unwrap().value.clone();
            prop_assert_eq!((value(59), value(60)), (name, city));
            prop_assert_eq!(Money::parse(&value(54), amount.currency).unwrap().minor, centavos);
            let additional = emvco::read_objects(&value(62)).unwrap();
            prop_assert_eq!(PaymentReference::read(&additional[0].value), Some(reference));
            prop_assert_eq!(&emvco::read_objects(&value(26)).unwrap()[2].value, &information);
        }
    }
}
