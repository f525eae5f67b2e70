// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#pragma once

#include "drain/directorylocation.h"
#include "drain/drainfile.h"
#include "pool/drainrequests.h"
#include "verdict/lasthealthypeer.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <csignal>
#include <grp.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace qproxysql;
using namespace Qt::StringLiterals;
using Proof = PeerJudgement::Proof;

using State = DrainFile::Reading::State;

inline DrainRequest requestFor(const QString &peer, Service service = Service::Draining)
{
    return {.peer = peer, .service = service, .reason = u"upgrade"_s, .requestedBy = u"alice"_s};
}

constexpr uid_t Nobody = 65534;
constexpr uid_t Stranger = 65533;

/// Runs \a work as another user without root's rights, in a child; its result.
inline int asUser(uid_t user, gid_t group, const std::function<int()> &work)
{
    const pid_t child = ::fork();
    if (child == 0) {
        const bool isThem = ::setgroups(0, nullptr) == 0 && ::setgid(group) == 0
                            && ::setuid(user) == 0;
        ::_exit(isThem ? work() : 99);
    }
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 98;
}

inline int kindOf(const DrainFile::Outcome &outcome)
{
    return outcome.refusal ? int(outcome.refusal->kind) : -1;
}

inline mode_t modeOf(const QString &path)
{
    struct stat status;
    return ::stat(qPrintable(path), &status) == 0 ? status.st_mode & 07777 : 0;
}

class DrainFileTest : public QObject
{
protected:
    void setUp();
    QString folder() const { return m_folder->filePath(u"state/qproxysql"_s); }
    DrainFile file() const { return DrainFile(folder()); }
    QByteArray bytes() const
    {
        QFile stored(file().path());
        return stored.open(QIODevice::ReadOnly) ? stored.readAll() : QByteArray();
    }
    void store(const QByteArray &content) const
    {
        QVERIFY(QDir().mkpath(folder()));
        QFile stored(file().path());
        QVERIFY(stored.open(QIODevice::WriteOnly));
        QCOMPARE(stored.write(content), content.size());
    }
    Service serviceOf(const QString &peer, const QString &pool = u"any"_s) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

inline void DrainFileTest::setUp()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
}

/// What a process would make of the file.
inline Service DrainFileTest::serviceOf(const QString &peer, const QString &pool) const
{
    const DrainRequests all(file().read().document.entries);
    const DrainRequest *request = all.of(pool, {{*PeerAddress::parse(peer), {}}}).front();
    return request ? request->service : Service::InService;
}
