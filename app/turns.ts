/**
 * One change of a desktop's life at a time.
 *
 * Leaving, joining, beginning anew, another network, a simulated crash and its end all close a store and open one. Two of them at once would
 * put a store aside under the other's hands, or leave a life running that nobody knows of. What is asked for meanwhile waits, and then finds
 * what the one before has left.
 */
export class Turns {
  #last: Promise<unknown> = Promise.resolve();

  take<T>(change: () => Promise<T>): Promise<T> {
    const mine = this.#last.then(change);
    this.#last = mine.catch(() => undefined);
    return mine;
  }
}
