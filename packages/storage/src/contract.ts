export { storeContract, type StoreAbility, type StoreContractOptions } from './contract/store-contract.js';
export { busContract, type BusContractOptions } from './contract/bus-contract.js';
export type { ContractCase } from './contract/contract-case.js';
