/** How long account numbers are, country code and check digits among them (ISO 13616). */
const iban = /^[A-Z]{2}\d{2}(?: ?[\dA-Z]){11,30}$/;
/** Numbers of cards in the ranges of the networks, in one piece or in groups (ISO/IEC 7812). */
const card = /^(?:4|5[1-5]|2[2-7]|3[4-7]|6[05])\d{0,2}(?:[ -]?\d){11,17}$/;
/** As the United States write them, and the United Kingdom. */
const national =
  /^(?!000|666|9\d\d)\d{3}-(?!00)\d{2}-(?!0000)\d{4}$|^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D]$/;
const nationalName =
  /(?:^|[-_.])(?:ssn|sin|nino|iban|cpf|curp|bsn|pesel|passport|tax[-_]?id|vat[-_]?id|steuer[-_]?(?:id|nummer)|national[-_]?(?:id|insurance|identity)|social[-_]?security|id[-_]?card|driv(?:er|ing)s?[-_]?licen[cs]e)(?:[-_]?(?:number|num|no|nr))?$/i;

/** Whether a value is the number of an account, a card or a person: by its check digits, its form, or its name. */
export function isPersonalNumber(name: string, value: string): boolean {
  if (value.length > 40 || !/\d/.test(value)) return false;
  if (nationalName.test(name) && /^[\dA-Z](?:[ ./-]?[\dA-Z]){3,}$/i.test(value)) return true;
  return isIban(value) || isCard(value) || national.test(value);
}

function isIban(value: string): boolean {
  if (!iban.test(value)) return false;
  const plain = value.replaceAll(' ', '');
  const digits = (plain.slice(4) + plain.slice(0, 4)).replace(/[A-Z]/g, (char) => `${char.charCodeAt(0) - 55}`);
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** The check digit of Luhn. */
function isCard(value: string): boolean {
  const digits = value.replace(/[ -]/g, '');
  if (!card.test(value) || digits.length < 14 || digits.length > 19) return false;
  const sum = [...digits].reverse().reduce((all, digit, i) => {
    const doubled = Number(digit) * (i % 2 === 0 ? 1 : 2);
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
