/** The context menu: the page, a link, or a selected passage. */
import { api } from './api.js';

/** @type {[string, [`${chrome.contextMenus.ContextType}`]][]} */
const MENUS = [
  ['curate_page', ['page']],
  ['curate_link', ['link']],
  ['curate_quote', ['selection']],
];

const WEB = ['http://*/*', 'https://*/*'];

/** Puts up the menu, in the language of the browser. */
export async function create() {
  await api.contextMenus.removeAll();
  for (const [id, contexts] of MENUS) {
    const patterns = id === 'curate_link' ? { targetUrlPatterns: WEB } : { documentUrlPatterns: WEB };
    api.contextMenus.create({ id, contexts, title: api.i18n.getMessage(`menu_${id}`), ...patterns });
  }
}
