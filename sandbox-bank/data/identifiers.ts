// Account identifiers that pass the checks real ones pass: IBAN check digits (ISO 13616) and card numbers (ISO 7812).

/** The British IBAN of a sort code (6 digits) and account number (8 digits) at the bank with these four letters. */
export function britishIban(bankLetters: string, sortCode: string, accountNumber: string): string {
  const national = `${bankLetters}${sortCode}${accountNumber}`;
  const check = 98n - (asDigits(`${national}GB00`) % 97n);
  return `GB${check.toString().padStart(2, '0')}${national}`;
}

export function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  return asDigits(text.slice(4) + text.slice(0, 4)) % 97n === 1n;
}

/** Completes fifteen digits with the sixteenth that makes a card number valid. */
export function cardNumber(fifteenDigits: string): string {
  return `${fifteenDigits}${(10 - (luhnSum(`${fifteenDigits}0`) % 10)) % 10}`;
}

export function isCardNumber(text: string): boolean {
  return /^\d{16}$/.test(text) && luhnSum(text) % 10 === 0;
}

/** A card number as it may be shown without ReadPAN: the last four digits only. */
export function maskedCardNumber(pan: string): string {
  return `**** **** **** ${pan.slice(-4)}`;
}

/** A sort code and account number of its own for each name, in a range no bank uses. */
export function inventedAccount(name: string): string {
  const digits = [...name].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 100_000_000, 7);
  return `990002${String(digits).padStart(8, '0')}`;
}

/** Letters count from A = 10 in the checksum of an IBAN. */
function asDigits(text: string): bigint {
  return BigInt([...text].map((character) => Number.parseInt(character, 36)).join(''));
}

function luhnSum(digits: string): number {
  return [...digits].reverse().reduce((sum, character, index) => {
    const value = Number(character) * (index % 2 === 0 ? 1 : 2);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
}
