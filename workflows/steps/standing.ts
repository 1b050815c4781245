// Tells operators where a journey stands and why: the text in the Temporal UI and the state they can filter by.
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { searchAttributes } from '../../temporal/search-attributes.ts';

/**
 * @param state one of the journey's status words, kept in clear text as a search attribute
 * @param text one sentence for people, encrypted like every payload
 */
export function standAt(state: string, text: string): void {
  setCurrentDetails(text);
  upsertSearchAttributes([{ key: searchAttributes.state, value: state }]);
}
