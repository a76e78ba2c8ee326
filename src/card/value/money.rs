//! Money, prices and quantities: exact decimals, never a float, never money without a currency.

use std::fmt;
use std::str::FromStr;

use iso_currency::Currency;
use rust_decimal::Decimal;

use super::Fault;

/// Decimals that a unit price may have.
const PRICE_DECIMALS: u32 = 6;

/// An amount of money: `12500.00 USD`. Never more decimals than the currency has.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// The amount.
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: Currency,
}

impl Money {
    /// Reads an amount and its currency in either order; `RMB` is `CNY`.
    ///
    /// # Errors
    /// When there is no amount or no currency, or the amount has too many decimals.
    pub fn parse(text: &str) -> Result<Money, Fault> {
        let (amount, currency) =
            amount_and_currency(text).ok_or_else(|| Fault::NotMoney { value: text.into() })?;
        let currency = currency_of(currency)?;
        let most = decimals(currency);
        if amount.normalize().scale() > most {
            return Err(Fault::TooManyDecimals {
                value: text.into(),
                currency: currency.code().into(),
                most,
            });
        }
        Ok(Money { amount, currency })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut amount = self.amount;
        amount.rescale(decimals(self.currency));
        write!(f, "{amount} {}", self.currency.code())
    }
}

/// A price per unit: `0.0135 USD`, or per N units: `13.50 USD / 1000 pcs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Price {
    /// The amount, with up to six decimals.
    pub amount: Decimal,
    /// ISO 4217.
    pub currency: Currency,
    /// What the amount is for; one unit where it is not said.
    pub per: Option<Quantity>,
}

impl Price {
    /// Reads `0.0135 USD` or `13.50 USD / 1000 pcs`.
    ///
    /// # Errors
    /// When the text is no price, or has more than six decimals.
    pub fn parse(text: &str) -> Result<Price, Fault> {
        let fault = || Fault::NotAPrice { value: text.into() };
        let (money, per) = match text.split_once('/') {
            Some((money, per)) => (money, Some(Quantity::parse(per)?)),
            None => (text, None),
        };
        let (amount, currency) = amount_and_currency(money).ok_or_else(fault)?;
        if amount.normalize().scale() > PRICE_DECIMALS {
            return Err(fault());
        }
        Ok(Price { amount, currency: currency_of(currency)?, per })
    }
}

impl fmt::Display for Price {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.currency.code())?;
        self.per.as_ref().map_or(Ok(()), |per| write!(f, " / {per}"))
    }
}

/// A number with its unit: `500 pcs`.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// The number.
    pub number: Decimal,
    /// The unit, as typed.
    pub unit: String,
}

impl Quantity {
    /// Reads `500 pcs`, `500pcs` or `500 件`.
    ///
    /// # Errors
    /// When the number or the unit is missing.
    pub fn parse(text: &str) -> Result<Quantity, Fault> {
        let fault = || Fault::NotAQuantity { value: text.into() };
        let text = text.trim();
        let unit_at = text.find(|c: char| !(c.is_ascii_digit() || ".,-".contains(c))).ok_or_else(fault)?;
        let (number, unit) = text.split_at(unit_at);
        Ok(Quantity { number: decimal(number).ok_or_else(fault)?, unit: unit.trim().to_owned() })
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit)
    }
}

fn amount_and_currency(text: &str) -> Option<(Decimal, &str)> {
    let text = text.trim();
    let letters = |c: char| c.is_ascii_alphabetic();
    let (amount, code) = if text.starts_with(letters) {
        let (code, amount) = text.split_at(text.find(|c| !letters(c))?);
        (amount, code)
    } else {
        text.split_at(text.find(letters)?)
    };
    Some((decimal(amount.trim())?, code.trim()))
}

/// A plain decimal; commas may part thousands.
fn decimal(text: &str) -> Option<Decimal> {
    let groups_fit = text.split('.').next()?.split(',').skip(1).all(|group| group.len() == 3);
    groups_fit.then(|| Decimal::from_str(&text.replace(',', "")).ok()).flatten()
}

/// Whether this is the code of a currency (ISO 4217), or `RMB`.
pub fn is_currency(code: &str) -> bool {
    currency_of(code).is_ok()
}

fn currency_of(code: &str) -> Result<Currency, Fault> {
    let upper = code.to_ascii_uppercase();
    let iso = if upper == "RMB" { "CNY" } else { &upper };
    Currency::from_code(iso).ok_or_else(|| Fault::UnknownCurrency { value: code.into() })
}

fn decimals(currency: Currency) -> u32 {
    currency.exponent().map_or(2, u32::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_keeps_exact_decimals_and_a_currency() {
        let cases = [
            ("12500 USD", "12500.00 USD"),
            ("USD 12,500.5", "12500.50 USD"),
            ("300 rmb", "300.00 CNY"),
            ("1000 JPY", "1000 JPY"),
        ];
        for (typed, stored) in cases {
            assert_eq!(Money::parse(typed).map(|m| m.to_string()), Ok(stored.into()), "{typed}");
        }
        for typed in ["12500", "USD", "1.234 USD", "0.5 JPY", "1 QQQ", "12,50 USD"] {
            assert!(Money::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn prices_may_be_per_many_units() {
        for text in ["0.0135 USD", "13.50 USD / 1000 pcs"] {
            assert_eq!(Price::parse(text).map(|p| p.to_string()), Ok(text.into()));
        }
        assert!(Price::parse("0.0000001 USD").is_err());
    }
}
