// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "control/loginsource.h"

#include "control/optionfile.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

constexpr int CommandPatience = 120'000; // somebody may be asked for a key

struct LoginTexts
{
    Q_DECLARE_TR_FUNCTIONS(QProxySqlCtl)
};

/// Of what the option file says of TLS all that QMYSQL has a word for.
QString tlsOptions(const OptionFile &file)
{
    constexpr std::pair<QLatin1StringView, QLatin1StringView> Names[] =
            {{"ssl-ca"_L1, "SSL_CA"_L1},
             {"ssl-capath"_L1, "SSL_CAPATH"_L1},
             {"ssl-cert"_L1, "SSL_CERT"_L1},
             {"ssl-key"_L1, "SSL_KEY"_L1},
             {"ssl-cipher"_L1, "SSL_CIPHER"_L1}};
    QStringList options;
    for (const auto &[name, option] : Names) {
        const QString value = file.value(name);
        if (!value.isEmpty() && !value.contains(u';'))
            options.append(option + u'=' + value);
    }
    return options.join(u';');
}

} // namespace

LoginSource::Reading LoginSource::read() const
{
    Reading reading;
    OptionFile file;
    if (!defaultsFile.isEmpty()) {
        const auto found = OptionFile::read(defaultsFile, &reading.error);
        reading.isUsageError = !found;
        if (!found)
            return reading;
        file = *found;
    }
    InnerLogin login;
    login.user = user.isEmpty() ? file.value(u"user"_s) : user;
    if (login.user.isEmpty() && !file.value(u"password"_s).isEmpty())
        login.user = qEnvironmentVariable("USER");
    if (login.user.isEmpty()) {
        if (!passwordCommand.isEmpty() || !defaultsFile.isEmpty()) {
            reading.isUsageError = true;
            reading.error = defaultsFile.isEmpty()
                                    ? LoginTexts::tr(
                                            "--password-command needs --user NAME beside it")
                                    : LoginTexts::tr("option file %1 names no user in [client]; "
                                                     "give --user NAME beside it")
                                              .arg(defaultsFile);
        }
        return reading;
    }
    login.options = tlsOptions(file);
    if (!passwordCommand.isEmpty())
        login.password = passwordOfCommand(&reading.error);
    else if (qEnvironmentVariableIsSet("QPROXYSQL_PASSWORD"))
        login.password = qEnvironmentVariable("QPROXYSQL_PASSWORD");
    else
        login.password = file.value(u"password"_s);
    if (reading.error.isEmpty())
        reading.login = login;
    return reading;
}

QString LoginSource::passwordOfCommand(QString *error) const
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.setInputChannelMode(QProcess::ForwardedInputChannel);
    process.start(u"/bin/sh"_s, {u"-c"_s, passwordCommand});
    const bool hasEnded = process.waitForFinished(CommandPatience);
    if (!hasEnded || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0) {
        *error = LoginTexts::tr(
                         "the password command failed: %1. It must print the password and end "
                         "with 0 within %2 s")
                         .arg(hasEnded ? LoginTexts::tr("it ended with %1").arg(process.exitCode())
                                       : process.errorString())
                         .arg(CommandPatience / 1000);
        if (!hasEnded) {
            process.kill();
            process.waitForFinished();
        }
        return {};
    }
    QString line = QString::fromUtf8(process.readAllStandardOutput());
    line.truncate(line.indexOf(u'\n') < 0 ? line.size() : line.indexOf(u'\n'));
    return line;
}

} // namespace qproxysql
