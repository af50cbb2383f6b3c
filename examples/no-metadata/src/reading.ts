import { IsIn, IsNumber } from 'class-validator';

export class Reading {
  @IsNumber() degrees!: number;
  @IsIn(['C', 'F']) unit!: string;
}
