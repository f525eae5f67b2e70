// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/settingsdialog.h"

#include "window/attentionbox.h"
#include "window/dialogparts.h"
#include "window/monitorsettings.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QSpinBox>

using namespace Qt::StringLiterals;

namespace qproxysql {

SettingsDialog::SettingsDialog(MonitorSettings &settings, const Desktop &desktop, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_user(new QLineEdit(this))
    , m_command(new QLineEdit(this))
    , m_optionFile(new QLineEdit(this))
    , m_banner(new QLineEdit(settings.banner(), this))
    , m_forgottenAfter(new QSpinBox(this))
    , m_readOnly(new QCheckBox(tr("&Read-only: refuse to change anything"), this))
    , m_attention(new AttentionBox(settings, desktop, this))
{
    setWindowTitle(tr("Settings"));
    setAccessibleName(windowTitle());
    const LoginSource login = settings.login({});
    m_user->setText(login.user);
    m_command->setText(login.passwordCommand);
    m_optionFile->setText(login.defaultsFile);
    auto *const form = new QFormLayout(this);
    DialogParts::addLine(form, m_user, u"user"_s, tr("&User:"),
                         tr("none: only what applications report is seen"));
    DialogParts::addLine(form, m_command, u"passwordCommand"_s, tr("&Password command:"),
                         tr("prints the password, as in: pass show db/operator"));
    DialogParts::addLine(form, m_optionFile, u"optionFile"_s, tr("&Option file:"),
                         tr("my.cnf with user and password"));
    DialogParts::addLine(form, m_banner, u"banner"_s, tr("&Strip above the pools:"),
                         tr("as in: PRODUCTION"));
    m_forgottenAfter->setObjectName(u"forgottenAfter"_s);
    m_forgottenAfter->setAccessibleName(tr("Mark a drain as forgotten after, in hours"));
    m_forgottenAfter->findChild<QLineEdit *>()->setAccessibleName(
            m_forgottenAfter->accessibleName());
    m_forgottenAfter->setRange(1, MonitorSettings::MostForgottenAfter);
    m_forgottenAfter->setSuffix(tr(" h"));
    m_forgottenAfter->setValue(settings.forgottenAfterHours());
    form->addRow(tr("Drain for&gotten after:"), m_forgottenAfter);
    m_user->setMinimumWidth(fontMetrics().averageCharWidth() * 58);
    m_readOnly->setObjectName(u"readOnly"_s);
    m_readOnly->setAccessibleName(tr("Read-only"));
    m_readOnly->setChecked(settings.isReadOnly());
    form->addRow(m_readOnly);
    auto *const note =
            new QLabel(tr("Account and read-only take effect at the next start. Passwords "
                          "are never kept here."),
                       this);
    note->setWordWrap(true);
    form->addRow(note);
    form->addRow(m_attention);
    auto *const box = new QDialogButtonBox(this);
    DialogParts::addButton(box, tr("&Save"), QDialogButtonBox::AcceptRole);
    DialogParts::addButton(box, tr("&Cancel"), QDialogButtonBox::RejectRole);
    form->addRow(box);
    connect(box, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(box, &QDialogButtonBox::accepted, this, [this] {
        save();
        accept();
    });
}

void SettingsDialog::save()
{
    LoginSource login = m_settings.login({});
    login.asksForPassword |= login.user != m_user->text().trimmed();
    login.user = m_user->text().trimmed();
    login.passwordCommand = m_command->text().trimmed();
    login.defaultsFile = m_optionFile->text().trimmed();
    m_settings.setLogin({}, login);
    m_settings.setBanner(m_banner->text().trimmed());
    m_settings.setForgottenAfterHours(m_forgottenAfter->value());
    m_settings.setReadOnly(m_readOnly->isChecked());
    m_attention->save(&m_settings);
    m_settings.sync();
}

} // namespace qproxysql
