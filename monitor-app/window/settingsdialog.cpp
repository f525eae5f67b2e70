// SPDX-FileCopyrightText: 2026 The QPROXYSQL authors
// SPDX-License-Identifier: MIT

#include "window/settingsdialog.h"

#include "window/monitorsettings.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

using namespace Qt::StringLiterals;

namespace qproxysql {

namespace {

void addSetting(QFormLayout *form, QLineEdit *edit, const QString &name, const QString &label,
                const QString &hint, const QString &accessibleName)
{
    edit->setObjectName(name);
    edit->setPlaceholderText(hint);
    edit->setAccessibleName(accessibleName);
    edit->setMinimumWidth(edit->fontMetrics().averageCharWidth() * 48);
    form->addRow(label, edit);
}

} // namespace

SettingsDialog::SettingsDialog(MonitorSettings &settings, QWidget *parent)
    : QDialog(parent)
    , m_settings(settings)
    , m_user(new QLineEdit(this))
    , m_command(new QLineEdit(this))
    , m_optionFile(new QLineEdit(this))
    , m_banner(new QLineEdit(settings.banner(), this))
    , m_readOnly(new QCheckBox(tr("&Read-only: refuse to change anything"), this))
{
    setWindowTitle(tr("Settings"));
    setAccessibleName(windowTitle());
    const LoginSource login = settings.login({});
    m_user->setText(login.user);
    m_command->setText(login.passwordCommand);
    m_optionFile->setText(login.defaultsFile);
    auto *const form = new QFormLayout(this);
    addSetting(form, m_user, u"user"_s, tr("&User:"),
               tr("none: only what applications report is seen"), tr("User"));
    addSetting(form, m_command, u"passwordCommand"_s, tr("&Password command:"),
               tr("prints the password, as in: pass show db/operator"), tr("Password command"));
    addSetting(form, m_optionFile, u"optionFile"_s, tr("&Option file:"),
               tr("my.cnf with user and password"), tr("Option file"));
    addSetting(form, m_banner, u"banner"_s, tr("&Strip above the pools:"), tr("as in: PRODUCTION"),
               tr("Strip above the pools"));
    m_readOnly->setObjectName(u"readOnly"_s);
    m_readOnly->setAccessibleName(tr("Read-only"));
    m_readOnly->setChecked(settings.isReadOnly());
    form->addRow(m_readOnly);
    auto *const note =
            new QLabel(tr("Account and read-only count from the next start on. Passwords "
                          "are never kept here."),
                       this);
    note->setWordWrap(true);
    form->addRow(note);
    auto *const box = new QDialogButtonBox(this);
    box->addButton(tr("&Save"), QDialogButtonBox::AcceptRole)->setAccessibleName(tr("Save"));
    box->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole)->setAccessibleName(tr("Cancel"));
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
    m_settings.setReadOnly(m_readOnly->isChecked());
    m_settings.sync();
}

} // namespace qproxysql
