<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>EventRecorder</name>
    <message>
        <source>events are not recorded in %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>OwnPools</name>
    <message>
        <source>the pool has no name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a pool &quot;%1&quot; was added already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pools cannot be saved in %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pools in %1 cannot be read, so they were left as they are: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>another window is changing the pools in %1; try again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pools in %1 cannot be changed: %2 cannot be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no peer was given; allowed is a list of host:port or localhost:/path/of/socket, as in db1:3306, db2:3307</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QProxySql</name>
    <message>
        <source>environment %1=%2 is not allowed; allowed is the absolute path of a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no folder for the drain directory: %1 does not exist, this user has no home, and the environment variable %2 is not set</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the pool or another name of the server is too long, or there are too many names; allowed are %1 names of %2 characters each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the reason or the name of the person is too long; allowed are %1 characters each</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no application obeys</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n application(s) know</source>
        <translation>
            <numerusform>%1 of %n application knows</numerusform>
            <numerusform>%1 of %n applications know</numerusform>
        </translation>
    </message>
    <message>
        <source>, not yet %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>; CONTROL=off: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no session left in applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left in %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server&apos;s list not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>server&apos;s list is empty</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>server lists %n session(s): %1</source>
        <translation>
            <numerusform>server lists %n session: %1</numerusform>
            <numerusform>server lists %n sessions: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>no application is silent</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n silent application(s) passed over, as the operator wants it (accept silent): %1</source>
        <translation>
            <numerusform>%n silent application passed over, as the operator wants it (accept silent): %1</numerusform>
            <numerusform>%n silent applications passed over, as the operator wants it (accept silent): %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent: %1</source>
        <translation>
            <numerusform>%n application silent: %1</numerusform>
            <numerusform>%n applications silent: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>; gone, as the server&apos;s list shows: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n other peer up</numerusform>
            <numerusform>%n other peers up</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody could look for sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>quiet %1 of %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) of nobody who reports here: %1</source>
        <translation>
            <numerusform>%n session of nobody who reports here: %1</numerusform>
            <numerusform>%n sessions of nobody who reports here: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>it is not JSON: %1 (at byte %2)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;format&quot; is missing or is not understood; allowed is a whole number from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;entries&quot; is missing or is not understood; allowed is a list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;entries&quot; has %1 entries; allowed are at most %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>entry %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is missing</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is not understood</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; %2; allowed is %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; is too long; allowed are %2 characters</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; has %2 texts; allowed are at most %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list of texts</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name of a pool, empty for all</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number from 1 to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody else has changed %1 meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. It is left alone: mend it, or move it away</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has format %2; this version writes format %3 and would lose what it does not know. It is left alone: use the version that wrote it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has %2 entries already, and more are not allowed. Remove those of peers that are no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a generation that none can be above</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
    <message>
        <source>a transaction open for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) kept by %1</source>
        <translation>
            <numerusform>%n session kept by %1</numerusform>
            <numerusform>%n sessions kept by %1</numerusform>
        </translation>
    </message>
    <message>
        <source>holder idle for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (%2, pid %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not follow it: in service in pool %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 from %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is silent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>it does not obey (CONTROL=off), %n session(s)</source>
        <translation>
            <numerusform>it does not obey (CONTROL=off), %n session</numerusform>
            <numerusform>it does not obey (CONTROL=off), %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it has not noticed the drain, %n session(s)</source>
        <translation>
            <numerusform>it has not noticed the drain, %n session</numerusform>
            <numerusform>it has not noticed the drain, %n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>it does not follow the drain: in service in pool %1, %n session(s)</source>
        <translation>
            <numerusform>it does not follow the drain: in service in pool %1, %n session</numerusform>
            <numerusform>it does not follow the drain: in service in pool %1, %n sessions</numerusform>
        </translation>
    </message>
    <message>
        <source>its socket is gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is the last healthy peer of pool %2: draining it would leave nobody to serve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not a process&apos;s report: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no JSON object</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no JSON: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has no &quot;format&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it lacks &quot;process&quot; or &quot;pools&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a request is one line of at most %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Folder for reports %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is no folder but a link or a file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it belongs to another user, and the folder around it is not shared with a group</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it cannot be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not answer in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it does not accept in time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>what it sends has no end</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it is the report of another process</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it hung up before the end of a line</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no right to connect to %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it has ended</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Socket for reports %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 others read here already</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>. Folder %1 belongs to user %2 and group %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be made</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot hold the drain directory</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be locked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is still locked by another process after %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be written</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is damaged: it is larger than %2 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>column %1 is missing or not understood; allowed is %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the row of &quot;%1&quot; in pool %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a whole number from 1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there are more than %1 rows, and the oldest are not read</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no peer can be used at present</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a list in JSON of at most %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>an object in JSON of at most %1 bytes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a generation above %2, which is of no clock and is not believed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&quot;%1&quot; cannot be a peer; allowed is host:port, localhost:/path/of/socket, or what its server calls itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the name or an identity of a peer, as text</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a name that means one server on all machines, which the path of a socket does not</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it was killed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody has shown within the last 5 s that another peer is up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 may be the last healthy peer of pool %2: nobody has shown within the last 5 s that %3 can serve</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>from here and by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>believed by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, %2 ago</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not from here: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>not used by %n application(s): %1</source>
        <translation>
            <numerusform>not used by %n application: %1</numerusform>
            <numerusform>not used by %n applications: %1</numerusform>
        </translation>
    </message>
    <message>
        <source>others reach it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>not noticed by %n application(s)</source>
        <translation>
            <numerusform>not noticed by %n application</numerusform>
            <numerusform>not noticed by %n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>believed up by %n application(s), checked by nobody</source>
        <translation>
            <numerusform>believed up by %n application, checked by nobody</numerusform>
            <numerusform>believed up by %n applications, checked by nobody</numerusform>
        </translation>
    </message>
    <message>
        <source>allowed is &quot;report&quot;, &quot;probe&quot;, or &quot;watch SECONDS&quot; with 0.1 to 3600</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QProxySqlCtl</name>
    <message>
        <source>drained by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>resumed by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>its entry in the drain directory has gone; processes that run still obey it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, was %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>safe to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>answers again</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>is silent: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>has gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Only this pool.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pools, beside those that applications report. Default: the applications&apos; own default pool file.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account for probes of our own; best with PROCESS.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Prints the password. Else the environment&apos;s QPROXYSQL_PASSWORD, else the option file&apos;s.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Refuse to change anything.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>connect options</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>environment QPROXYSQL_OPTIONS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>default</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>pool file %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only: %1 is left as it is. Run it without --read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no login was given (--user)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the peer is itself a proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--password-command needs --user NAME beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>option file %1 names no user in [client]; give --user NAME beside it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the password command failed: %1. It must print the password and end with 0 within %2 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>it ended with %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>option file %1 cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the account lacks the right PROCESS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server refused to list its sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no connection to it: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the peer is itself a proxy, %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the peer is itself a proxy: its server counts our connection under another number</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a proxy, tunnel or port mapping is in between: the server itself listens on port %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a proxy, tunnel or address translation is in between: the server sees our connection come from %1, not from our port %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the peer is itself a proxy: it answers as several servers, or as another peer does</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the server has no TLS, which --ssl-ca and its like ask for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no answer within %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there was no time to ask it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no peer &quot;%1&quot; is known here; %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no application of this machine reports a pool, and no pool file was given (--pool-file FILE)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>known are %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Schema of the drain tables (CONTROL=fleet): wishes are read there, too, and written there instead of on this machine. Default for init: qproxysql.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the fleet&apos;s drain directory needs a login: give --user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>others were writing all the time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 cannot be read: %3 %4</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 is not understood: %3</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 cannot be read: no peer can be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the row of %1 in %2 was written by a later version and is left alone: use that version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has a generation that none can be above</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has %2 rows already, and more are not allowed. Remove those of peers that are no more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>somebody else has changed %1 meanwhile</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>this account may not drain in %1. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>there is no %1: &quot;qproxysql-ctl init&quot; makes it. %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the wish could not be written. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no server takes the wish (no quorum, read-only, or no answer), so nothing was changed, and what was known stays obeyed. %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No peer is known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 has the id %2, and too few are left above it: delete that row</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>the other names of %1 are too long together; allowed are %2 bytes in JSON</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the account also to peers that no pool file names, but only applications of other users.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only applications of other users name %1: the account is not shown there. Name it in a pool file (--pool-file), or give --trust-reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: only applications of other users name it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only applications of other users name this peer (--pool-file, --trust-reports)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is another server on each machine, and what its server calls itself is not known here: connect to it first (--user)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no longer slow: connecting takes %1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>slow: connecting takes %1 ms, on the pool&apos;s others %2 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option file (my.cnf) with user, password, ssl-ca, ssl-cert and ssl-key.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificate (PEM) of the CA that signed the servers&apos; ones: the account is used over TLS only.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate (PEM), for an account that requires one.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its key (PEM).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No password was given. Set QPROXYSQL_PASSWORD or use --password-command.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The account may require TLS, and this session had none: name the CA certificate (--ssl-ca FILE, in an application&apos;s options SSL_CA=FILE).</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--ssl-ca, --ssl-cert and --ssl-key need --user NAME beside them</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS file %1: a path with &apos;;&apos; cannot be used</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: it is a folder</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS file %1 cannot be read: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS file %1 is not in PEM form</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a client certificate and its key go together: only %1 was given</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>QProxySqlMonitor</name>
    <message>
        <source>does not answer for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>does not answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>refuses</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>yes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>sessions not known</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>a transaction open</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>knows of the drain: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>other sessions: %1@%2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>kernel update (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Demo (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>(simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Simulated data: no server is looked at, and nothing that is done here changes one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>10.11.9-MariaDB (simulated)</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1; and %n more</source>
        <comment>who keeps sessions there</comment>
        <translation>
            <numerusform>%1; and %n more</numerusform>
            <numerusform>%1; and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) left</source>
        <translation>
            <numerusform>%n session left</numerusform>
            <numerusform>%n sessions left</numerusform>
        </translation>
    </message>
    <message>
        <source>STOPPED: it was safe to stop, and does not answer any more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SAFE TO STOP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>SAFE TO STOP, as far as could be looked at</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT KNOWN TO BE SAFE TO STOP: nobody here can see its sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT YET SAFE TO STOP</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>NOT YET SAFE TO STOP: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Not yet safe to stop: %n session(s) left</source>
        <translation>
            <numerusform>Not yet safe to stop: %n session left</numerusform>
            <numerusform>Not yet safe to stop: %n sessions left</numerusform>
        </translation>
    </message>
    <message>
        <source>Not yet safe to stop: no session left, waiting until it is certain</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n moved</source>
        <comment>sessions</comment>
        <translation>
            <numerusform>%1 of %n moved</numerusform>
            <numerusform>%1 of %n moved</numerusform>
        </translation>
    </message>
    <message>
        <source>about %1 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>asked for by %1, %2</source>
        <comment>who, when</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain of %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s) on it now</source>
        <translation>
            <numerusform>%n session on it now</numerusform>
            <numerusform>%n sessions on it now</numerusform>
        </translation>
    </message>
    <message>
        <source>nobody here can see its sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more on %2 (then %3 of at most %4)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 more on %2 (then %3)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>about %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n other peer(s) up</source>
        <translation>
            <numerusform>%n other peer up</numerusform>
            <numerusform>%n other peers up</numerusform>
        </translation>
    </message>
    <message>
        <source>no other peer is up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is the last healthy peer of pool %1: nobody would be left to serve.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>A drain is under way already: %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 allows %2 sessions and would need about %3.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>reports of applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 or longer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s behind ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 s ahead of ours</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1, as told by %2</source>
        <comment>a state, and who says so</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>For</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The server itself asks for</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors in five minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions reported</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In a transaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept by something else</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kept for the next user</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In the server&apos;s own list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>not checked: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions allowed</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Calls itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In other pools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Is a proxy</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect time, 95 %</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Its clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>From here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resumed by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>At, by that person&apos;s clock</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 of %2 left</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drained · not yet safe to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>rechecking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>recheck in %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not tried yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data · login refused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No data</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source> (reported by applications)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Checking</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Down</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Draining</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stalled</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drained</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Not ready</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Overloaded</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Blocked</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Misconfigured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who keeps sessions there:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pool %1, %2 UTC</source>
        <comment>name, time</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who is on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1%</source>
        <comment>a share in percent</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n in use</source>
        <translation>
            <numerusform>%n in use</numerusform>
            <numerusform>%n in use</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n in a transaction</source>
        <translation>
            <numerusform>%n in a transaction</numerusform>
            <numerusform>%n in a transaction</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n error(s) in five minutes</source>
        <translation>
            <numerusform>%n error in five minutes</numerusform>
            <numerusform>%n errors in five minutes</numerusform>
        </translation>
    </message>
    <message>
        <source>drained by %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no application reports</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>sessions in applications</comment>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n session(s)</source>
        <translation>
            <numerusform>%n session</numerusform>
            <numerusform>%n sessions</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s)</source>
        <translation>
            <numerusform>%n application</numerusform>
            <numerusform>%n applications</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n application(s) silent</source>
        <translation>
            <numerusform>%n application silent</numerusform>
            <numerusform>%n applications silent</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n up</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%1 of %n up</numerusform>
            <numerusform>%1 of %n up</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n slow</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n slow</numerusform>
            <numerusform>%n slow</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draining</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n draining</numerusform>
            <numerusform>%n draining</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drained</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n drained</numerusform>
            <numerusform>%n drained</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n being checked</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n being checked</numerusform>
            <numerusform>%n being checked</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n down</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n down</numerusform>
            <numerusform>%n down</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n without data</source>
        <comment>peers</comment>
        <translation>
            <numerusform>%n without data</numerusform>
            <numerusform>%n without data</numerusform>
        </translation>
    </message>
    <message>
        <source>(known to the drain directory only)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show a pool that is made up, to look around.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show TEXT in a coloured strip above the pools, as in PRODUCTION.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep columns, sizes and pools in FILE instead of the user&apos;s settings.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save a picture of the window to FILE (.png), then end.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the picture is made. Default: 5.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows which database servers the QPROXYSQL applications of this machine use, who is on them, and steers it: drain a server, know when it is safe to stop, bring it back.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show this.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the version.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pool files to open.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--%1 needs a value: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--picture-after %1 is not allowed; allowed is a number of seconds above 0, as in 5 or 0.5</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Listed by the server itself; they belong to no application that reports here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>--control-schema %1 is not allowed; allowed are 1 to 64 letters, digits and &apos;_&apos;</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 left</source>
        <comment>sessions</comment>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Disagreement</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No recent answer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no other peer is proven to be up</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>No other peer of pool %1 is proven to be up: nobody may be left to serve. After Tools &gt; Log In this window probes them itself.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%1 of %n reachable</source>
        <translation>
            <numerusform>%1 of %n reachable</numerusform>
            <numerusform>%1 of %n reachable</numerusform>
        </translation>
    </message>
    <message>
        <source>TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS in part</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Status</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether the window&apos;s own connections are encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>paused</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>every %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>read-write</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>%n new event(s)</source>
        <translation>
            <numerusform>%n new event</numerusform>
            <numerusform>%n new events</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>qproxysql::AddPoolDialog</name>
    <message>
        <source>Add Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as applications call it, as in: orders</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Name of the pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Name:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Peers:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pass&amp;word:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Results of the connection test</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The connection test&apos;s results appear here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Test Connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>Connecting to %n peer(s)...</source>
        <translation>
            <numerusform>Connecting to %n peer...</numerusform>
            <numerusform>Connecting to %n peers...</numerusform>
        </translation>
    </message>
    <message>
        <source>%1: good, %2, %3 ms</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: failed, %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>    its list of sessions is not seen: %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::ApplicationsModel</name>
    <message>
        <source>Application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>PID</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Transaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Idle</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Knows drain</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::ApplicationsPane</name>
    <message>
        <source>Applications</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Select a peer to see who is on it.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Nobody is known to be on %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>On %1:</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::BannerStrip</name>
    <message>
        <source>READ-ONLY</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::DetailsModel</name>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Value</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::DetailsPane</name>
    <message>
        <source>Details</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainCardWidget</name>
    <message>
        <source>Cop&amp;y Report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Progress of the drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::DrainDialog</name>
    <message>
        <source>Drain %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All applications leave %1 and do not use it again until somebody resumes it. Nothing is killed: transactions end first.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>They go to:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Others:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>for whoever sees it, as in: kernel update</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reason:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pool&apos;s name</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drain %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>To drain it all the same, type the &amp;pool&apos;s name, %1:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>nobody</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is no longer known here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>It is being drained already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2 now, about %3 more, limit %4</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsModel</name>
    <message>
        <source>Drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Mark vanished</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Health</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Safe to stop</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Application gone</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Trouble</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Time</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Kind</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Slow</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::EventsPane</name>
    <message>
        <source>Foll&amp;ow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operators o&amp;nly</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Follow</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show the newest event whenever one comes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Operators only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Show only what operators did</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::FirstRunPage</name>
    <message>
        <source>No application reports yet</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Applications of this machine that use QPROXYSQL appear here by themselves, with the pools that they use. Nothing need be set up for that.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>You can also name the servers yourself, or look around in a pool that is made up:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Looking in %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginDialog</name>
    <message>
        <source>Account for %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>With an account of its own the window sees connect times and, with the right PROCESS, everybody&apos;s sessions.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Keep it in the keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Keep it in the keychain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log In</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Log in</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Choose: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Certificates and keys (*.pem *.crt *.key)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>C&amp;A certificate:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CA certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: without TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cl&amp;ient certificate:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>only where the account requires one</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client k&amp;ey:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Client key</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginKeeper</name>
    <message>
        <source>the keychain did not take the password: %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>no password was given for %1</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::LoginPrompts</name>
    <message>
        <source>No probes of %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Probes of %1 are refused: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Lo&amp;g In...</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::MainWindow</name>
    <message>
        <source>qproxysql-monitor: the picture cannot be saved in %1; allowed is a file of a kind as .png in a folder that exists</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message numerus="yes">
        <source>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</source>
        <translation>
            <numerusform>You may quit: the drain of %1 goes on without this window, since it is kept in the drain directory. It ends when somebody resumes the peer.</numerusform>
            <numerusform>You may quit: the drains of %1 go on without this window, since they are kept in the drain directory. They end when somebody resumes the peers.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>This program uses Qt %1.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Export Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON (*.json)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The pool was not exported to %1: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Record Events to File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>JSON lines (*.jsonl)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About QPROXYSQL Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>QPROXYSQL Monitor %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Shows and steers which database servers QPROXYSQL applications use.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 - QPROXYSQL Monitor</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::MessageBar</name>
    <message>
        <source>Message</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::MonitorActions</name>
    <message>
        <source>&amp;File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Add Pool...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Open Pool File...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Demo Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Close Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Export Pool...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Copy Rows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy Re&amp;port</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Copy as Co&amp;mmand</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Re&amp;check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drain...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Drain %1...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Resume %1</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Resume</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rec&amp;heck Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Rec&amp;heck %1 Now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Recheck now</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Have all applications leave the peer (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Let applications use the peer again (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Try now whether the peer answers (%1)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems &amp;Only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Who Is Still on It</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Next Pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pre&amp;vious Pane</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next Poo&amp;l</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Previo&amp;us Pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Interval</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Every %1 s</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Log In...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Record Events to File...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Settings...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;About QPROXYSQL Monitor</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>About &amp;Qt</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Tool bar</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Problems only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Filter</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::OpenPools</name>
    <message>
        <source>Open Pool File</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Pool files (*.ini)</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersModel</name>
    <message>
        <source>Peer</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Host and port, as configured</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>State</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What is observed, and what operators want</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sess.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions that applications report</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In use</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions that are held by an open connection</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>In tx</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions with an open transaction</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Share</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Of all sessions of the pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Connect</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long our own last connection took</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Err 5m</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Errors seen in the last five minutes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Since</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>How long the state has been as it is, as seen from here</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>5 min</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions over five minutes; an x where it was not reached</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Server</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions in the server&apos;s own list</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Weight in the pool file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Limit</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Sessions that the server allows</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Version</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What the server calls itself</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>TLS</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Whether our own connection is encrypted</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Last error</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>What was seen last, here or by an application</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Next check</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>When the first application rechecks it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drained by</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Who asked for the drain</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Reason</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Why it is drained</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::PeersTable</name>
    <message>
        <source>Peers</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Reset Columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolPage</name>
    <message>
        <source>Panes</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Who is still on it</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Detai&amp;ls</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Events</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::PoolTabs</name>
    <message>
        <source>Pools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>New pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Add or open a pool</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::RowsView</name>
    <message>
        <source>Columns</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::SettingsDialog</name>
    <message>
        <source>&amp;Read-only: refuse to change anything</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Settings</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;User:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>none: only what applications report is seen</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>User</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Password command:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>prints the password, as in: pass show db/operator</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Password command</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Option file:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>my.cnf with user and password</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Option file</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Strip above the pools:</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>as in: PRODUCTION</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Strip above the pools</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Read-only</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Account and read-only count from the next start on. Passwords are never kept here.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Save</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::Steering</name>
    <message>
        <source>Rechecking %1...</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1. Nothing was changed. Drain it again and type the pool&apos;s name to do it all the same.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was not changed: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Drain of %1 requested, not yet safe to stop.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is draining already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is in service again, but does not answer (%2); applications use it once it does.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is in service again.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 is in service already.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>Without an account %1 cannot be probed from here; applications recheck it by themselves.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 answers: %2, %3 ms.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 does not answer: %2</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>%1 was rechecked.</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>The report on %1 is in the clipboard.</source>
        <translation type="unfinished"></translation>
    </message>
</context>
<context>
    <name>qproxysql::WatchedSource</name>
    <message>
        <source>this machine</source>
        <translation type="unfinished"></translation>
    </message>
    <message>
        <source>demo</source>
        <translation type="unfinished"></translation>
    </message>
</context>
</TS>
