import type { ContactEvent } from './callback-event-kinds.ts';
import type { EventFields } from './callback-fields.ts';

/** `change_contact`: the corp's own address book. Null when the change is one we do not know. */
export function readContactEvent(changeType: string | null, fields: EventFields): ContactEvent | null {
  const departmentIds = () => (fields.optional('Department') === null ? null : fields.commaList('Department'));
  const department = () => ({ departmentId: fields.required('Id'), parentId: fields.optional('ParentId') });
  switch (changeType) {
    case 'create_user':
      return { kind: 'staff.created', userId: fields.required('UserID'), departmentIds: departmentIds() };
    case 'update_user': {
      const newUserId = fields.optional('NewUserID');
      return { kind: 'staff.updated', userId: fields.required('UserID'), newUserId, departmentIds: departmentIds() };
    }
    case 'delete_user':
      return { kind: 'staff.deleted', userId: fields.required('UserID'), departmentIds: departmentIds() };
    case 'create_party':
      return { kind: 'department.created', ...department() };
    case 'update_party':
      return { kind: 'department.updated', ...department() };
    case 'delete_party':
      return { kind: 'department.deleted', ...department() };
    case 'update_tag':
      return {
        kind: 'staffTag.updated',
        staffTagId: fields.required('TagId'),
        addedUserIds: fields.commaList('AddUserItems'),
        removedUserIds: fields.commaList('DelUserItems'),
        addedDepartmentIds: fields.commaList('AddPartyItems'),
        removedDepartmentIds: fields.commaList('DelPartyItems'),
      };
    default:
      return null;
  }
}
