export interface Recipe {
  readonly id: number;
  readonly name: string;
  readonly minutes: number;
}

export class Cookbook {
  readonly #recipes: Map<number, Recipe>;

  constructor(recipes: readonly Recipe[]) {
    this.#recipes = new Map(recipes.map((recipe) => [recipe.id, recipe]));
  }

  async find(id: number): Promise<Recipe | undefined> {
    if (id === 0) throw new Error('page zero is torn out');
    return this.#recipes.get(id);
  }

  async save(recipe: Recipe): Promise<void> {
    this.#recipes.set(recipe.id, recipe);
  }
}
