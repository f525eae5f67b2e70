// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/passwordkeychain.h"

#ifdef QPROXYSQL_WITH_KEYCHAIN
#include <qt6keychain/keychain.h>
#endif

using namespace Qt::StringLiterals;

namespace qproxysql {

#ifdef QPROXYSQL_WITH_KEYCHAIN

namespace {

constexpr auto KeychainService = "qproxysql-monitor"_L1;

} // namespace

bool PasswordKeychain::isAvailable()
{
    return true;
}

void PasswordKeychain::read(const QString &account, QObject *context,
                            std::function<void(const std::optional<QString> &)> done)
{
    auto *const job = new QKeychain::ReadPasswordJob(KeychainService); // deletes itself
    job->setKey(account);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, done] {
        const bool isThere = job->error() == QKeychain::NoError;
        done(isThere ? std::optional(job->textData()) : std::nullopt);
    });
    job->start();
}

void PasswordKeychain::write(const QString &account, const QString &password, QObject *context,
                             std::function<void(const QString &)> done)
{
    auto *const job = new QKeychain::WritePasswordJob(KeychainService);
    job->setKey(account);
    job->setTextData(password);
    QObject::connect(job, &QKeychain::Job::finished, context, [job, done] {
        done(job->error() == QKeychain::NoError ? QString() : job->errorString());
    });
    job->start();
}

#else

bool PasswordKeychain::isAvailable()
{
    return false;
}

void PasswordKeychain::read(const QString &, QObject *,
                            std::function<void(const std::optional<QString> &)>)
{
}

void PasswordKeychain::write(const QString &, const QString &, QObject *,
                             std::function<void(const QString &)>)
{
}

#endif

} // namespace qproxysql
