-- A node that has no owner's password checks that another one has brought the schema to what it needs.
grant usage on schema ${flyway:defaultSchema} to ${application_role};
grant select on ${flyway:defaultSchema}.${flyway:table} to ${application_role};
