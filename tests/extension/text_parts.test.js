// What the pages put into a text that somebody may have changed meanwhile, and take out of it again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withName, withPart, withoutPart } from '../../companion/web/static/text_parts.js';

const GAP = '\n\n';

for (const [text, part, expected] of [
  ['Mijn kijk.', '#slaap', 'Mijn kijk.\n\n#slaap'],
  ['Mijn kijk.\n', '#slaap', 'Mijn kijk.\n\n#slaap'],
  ['', '#slaap', '#slaap'],
  ['Met #slaap erin.', '#slaap', 'Met #slaap erin.'],
  ['Met #slaapdienst erin.', '#slaap', 'Met #slaapdienst erin.\n\n#slaap'],
  ['Mijn kijk.\n\nSanne', 'https://a.example', 'Mijn kijk.\n\nhttps://a.example\n\nSanne'],
  ['Mijn kijk.\n\n#slaap\n\nSanne', 'https://a.example', 'Mijn kijk.\n\nhttps://a.example\n\n#slaap\n\nSanne'],
  ['Sanne vindt van wel.', 'https://a.example', 'Sanne vindt van wel.\n\nhttps://a.example'],
]) {
  test(`a part comes under the text, over what is below it: ${JSON.stringify(text)}`, () =>
    assert.equal(withPart(text, part, GAP, ['#slaap', 'Sanne']), expected));
}

test('a part that was taken out and put back stands where it stood', () => {
  const text = 'Mijn kijk.\n\nhttps://a.example\n\n#slaap\n\nSanne';
  for (const [part, ...below] of [['https://a.example', '#slaap', 'Sanne'], ['#slaap', 'Sanne'], ['Sanne']]) {
    assert.equal(withPart(withoutPart(text, part, GAP), part, GAP, below), text);
  }
});

for (const [text, part, expected] of [
  ['Mijn kijk.\n\n#slaap', '#slaap', 'Mijn kijk.'],
  ['Mijn kijk.\n\nhttps://a.example\n\n#slaap', 'https://a.example', 'Mijn kijk.\n\n#slaap'],
  ['#slaap\n\nSanne', '#slaap', 'Sanne'],
  ['Mijn kijk, zonder.', '#slaap', 'Mijn kijk, zonder.'],
  ['Mijn kijk.\n#slaap\n', '#slaap', 'Mijn kijk.'],
  // What somebody wrote on to is theirs.
  ['Mijn kijk. #slaap', '#slaap', 'Mijn kijk. #slaap'],
  ['Kijk.\n\n#slaap #zorgverlof telt ook', '#slaap #zorg', 'Kijk.\n\n#slaap #zorgverlof telt ook'],
  ['Kijk.\n\n#slaap\n\nOver #slaapdienst.', '#slaap', 'Kijk.\n\nOver #slaapdienst.'],
]) {
  test(`a part goes with its gap: ${JSON.stringify(text)}`, () => assert.equal(withoutPart(text, part, GAP), expected));
}

for (const [list, name, expected] of [
  ['', 'Sanne de Wit', 'Sanne de Wit'],
  ['Sanne', 'Jan', 'Sanne, Jan'],
  ['Sanne,', 'Jan', 'Sanne, Jan'],
  ['Sanne', 'sanne', 'Sanne'],
  ['Sanne, Jan', 'Jansen, Piet', 'Sanne; Jan; Jansen, Piet;'],
  ['Jansen, Piet;', 'Sanne', 'Jansen, Piet; Sanne;'],
  ['', 'Jansen, Piet', 'Jansen, Piet;'],
  ['#slaap, #zorg', '#rooster', '#slaap, #zorg, #rooster'],
]) {
  test(`${JSON.stringify(list)} with ${name}`, () => assert.equal(withName(list, name), expected));
}
