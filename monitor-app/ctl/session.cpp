// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "ctl/session.h"

#include "cluster/ctltexts.h"
#include "config/poolfilestore.h"
#include "ctl/terminal.h"
#include "drain/directorylocation.h"

#include <QtCore/QEventLoop>
#include <QtCore/QFileInfo>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

ExitCode failWith(ExitCode code, const QString &text)
{
    Terminal::error(text);
    return code;
}

} // namespace

Session::Session(CommandLine line)
    : m_line(std::move(line))
    , m_folder(DirectoryLocation::folder())
{
    Controller::Settings settings;
    settings.folder = m_folder.valueOr({});
    settings.poolFile = m_line.value(u"pool-file"_s);
    if (settings.poolFile.isEmpty() && QFileInfo::exists(PoolFileStore::defaultPath()))
        settings.poolFile = PoolFileStore::defaultPath();
    if (m_line.verb() != "rolling"_L1) // which stops servers, so they are drained in all pools
        settings.pool = m_line.value(u"pool"_s);
    if (m_line.verb() != "init"_L1) // init creates the tables
        settings.controlSchema = m_line.value(u"control-schema"_s);
    settings.isReadOnly = m_line.has(u"read-only"_s);
    settings.trustsReports = m_line.has(u"trust-reports"_s);
    settings.acceptSilent = m_line.has(u"accept-silent"_s);
    settings.login = [this] { return loginSource().read(); };
    m_controller = std::make_unique<Controller>(settings);
    if (const auto after = m_line.seconds(u"forgotten-after"_s))
        m_controller->setForgottenAfter(std::chrono::seconds(qint64(*after)));
}

LoginSource Session::loginSource() const
{
    return {m_line.value(u"user"_s),
            m_line.value(u"password-command"_s),
            m_line.value(u"defaults-file"_s),
            {m_line.value(u"ssl-ca"_s), m_line.value(u"ssl-cert"_s), m_line.value(u"ssl-key"_s)}};
}

ExitCode Session::begin(Controller::Depth depth)
{
    if (!m_folder)
        return failWith(Usage, m_folder.error());
    m_controller->refreshNow(depth);
    const ExitCode pools = checkPools();
    return pools == Ok ? checkLogin() : pools;
}

ExitCode Session::checkPools() const
{
    const QString wanted = m_line.value(u"pool"_s);
    if (m_line.has(u"pool-file"_s) && !m_controller->poolFileError().isEmpty())
        return failWith(Usage, m_controller->poolFileError());
    if (wanted.isEmpty() || !view().poolNames().isEmpty())
        return Ok;
    Controller all({.folder = view().folder,
                    .poolFile = m_line.value(u"pool-file"_s),
                    .pool = {},
                    .login = {}});
    const QStringList known = all.refreshNow(Controller::Depth::Knowledge).poolNames();
    return failWith(Unknown,
                    CtlTexts::tr("no pool \"%1\" is known here; %2")
                            .arg(wanted,
                                 known.isEmpty()
                                         ? CtlTexts::tr("none is: no application of this machine "
                                                        "reports one, and no pool file was given")
                                         : CtlTexts::tr("known are %1").arg(known.join(", "_L1))));
}

ExitCode Session::checkLogin() const
{
    const LoginSource::Reading login = m_controller->loginReading();
    if (!login.error.isEmpty())
        return failWith(login.isUsageError ? Usage : Unreachable, login.error);
    // Without a login the fleet's requests are unknown, and a wait would end at once.
    if (!login.login && m_line.has(u"control-schema"_s) && m_line.verb() != "init"_L1)
        return failWith(Usage,
                        CtlTexts::tr("--control-schema needs a login: the fleet's drain directory "
                                     "is in the servers. Give --user or --defaults-file"));
    const PeerView *const refusing = view().refusingLogin();
    if (!refusing)
        return Ok;
    const QString hint = login.hint();
    return failWith(Unreachable,
                    CtlTexts::tr("the login was refused, nothing was changed. %1: %2")
                                    .arg(refusing->address.name(), refusing->probe->message())
                            + (hint.isEmpty() ? QString() : u"\n"_s + hint));
}

Expected<PeerSearch, ExitCode> Session::findPeer()
{
    if (const ExitCode begun = begin(); begun != Ok)
        return Unexpected(begun);
    const auto &refusal = view().directory.refusal;
    for (const QString &problem : view().problems) {
        if (!refusal || problem != refusal->text) // write and wait report the refusal themselves
            Terminal::error(problem);
    }
    PeerSearch search(view(), m_line.peer());
    if (search.isFound())
        return search;
    if (refusal)
        Terminal::error(refusal->text);
    // Without the right to read, the peers are unknown.
    const bool mayRead = !refusal || refusal->kind != DrainRefusal::NoRights;
    return Unexpected(failWith(mayRead ? Unknown : Refused, search.error()));
}

void Session::pause(qint64 milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(int(std::max<qint64>(0, milliseconds)), &loop, &QEventLoop::quit);
    loop.exec();
}

} // namespace qproxysql
