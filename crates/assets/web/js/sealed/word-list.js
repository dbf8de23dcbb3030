// The EFF large word list: 7,776 words. The tests know its hash; a change would change every safety word.
import { EFF_LONG_WORDLIST } from "secure-password-utilities/wordlists";

/** The words, in the list’s own order. Four have a hyphen; where words are compared it is read as a space. */
export const WORDS = EFF_LONG_WORDLIST;
