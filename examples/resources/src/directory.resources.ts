import { Injectable, Resource, ResourceNotFound } from 'tenon';
import { CompanyDirectory } from './company-directory.js';

/** The variables of a URI are the parameters of the method, by name. */
@Injectable()
export class DirectoryResources {
  constructor(private readonly directory: CompanyDirectory) {}

  /** The profile of somebody who works here. */
  @Resource('user://{userId}/profile')
  async userProfile(userId: string) {
    const employee = await this.directory.find(userId);
    if (!employee) throw new ResourceNotFound(`Nobody here has the id '${userId}'`);
    return { id: userId, ...employee };
  }

  /** The members of a team. */
  @Resource('org://{orgId}/team/{teamId}/members')
  teamMembers(orgId: string, teamId: string) {
    return this.directory.members(orgId, teamId);
  }

  /** Who has joined last; what stands in the query may be left out, and a number is read from its text. */
  @Resource('org://{orgId}/newcomers{?count}')
  newcomers(orgId: string, count = 1) {
    return this.directory.newcomers(orgId, count);
  }
}
