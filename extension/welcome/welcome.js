/** First run: installed, connected, first page. Nothing to type. */
import { explanation, obstacle } from '../connection.js';
import { localise, t } from '../messages.js';
import * as button from '../parts/connect_button.js';
import { byId, say } from '../parts/page.js';
import * as settings from '../settings.js';

async function draw() {
  const kept = await settings.all();
  const pairing = obstacle(kept);
  byId('act-2').className = pairing ? 'now' : 'over';
  byId('act-2-mark').textContent = pairing ? '2' : '✓';
  byId('act-3').className = pairing ? 'later' : 'now';
  say('act-2-text', t(textFor(pairing)));
  button.drawStep(kept);
}

/** @param {import('../types').PairingView | null} pairing */
function textFor(pairing) {
  if (!pairing) return 'act_2_done';
  return pairing.state === 'needed' ? 'act_2_text' : explanation(pairing);
}

localise();
button.listen(draw);
settings.watch(() => void draw());
await draw();
